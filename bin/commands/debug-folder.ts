import { writeFileSync } from 'node:fs';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { UsageError, messageOf } from '../../lambda/scanner/errors.ts';
import type { RawAnswer } from '../../lambda/scanner/requests/request-handler.ts';
import type { Terminal } from '../terminal.ts';
import { maskSecrets } from './mask-secrets.ts';

/**
 * Prepares a folder that only its owner can read, and returns what writes every answer of AWS into it: one file each, in the order of
 * arrival, without secrets. An answer that cannot be written is reported once, and the scan goes on.
 *
 * @throws UsageError when the folder is not empty or cannot be written, or when saved files are read, which give no answers.
 */
export async function keepAnswers(
  folder: string,
  snapshot: string | undefined,
  terminal: Terminal,
): Promise<(answer: RawAnswer) => void> {
  if (snapshot !== undefined) throw new UsageError('--debug cannot be combined with --snapshot');
  await prepare(folder);
  let answers = 0;
  let isReported = false;
  return (answer) => {
    answers += 1;
    try {
      writeFileSync(path.join(folder, nameOf(answer, answers)), maskSecrets(answer.body.toString()), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!isReported) terminal.warn(`${folder} does not have every answer: ${messageOf(error)}\n`);
      isReported = true;
    }
  };
}

async function prepare(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  } catch (error) {
    throw new UsageError(`${folder} cannot be written: ${messageOf(error)}`, { cause: error });
  }
  if ((await readdir(folder)).length > 0) throw new UsageError(`${folder} is not empty. --debug needs a new folder`);
}

/** Such as `0007-iam-us-east-1-ListAccessKeys-200.txt`. */
const nameOf = ({ service, region, action, status }: RawAnswer, number: number): string =>
  [String(number).padStart(4, '0'), service, region, action, String(status)]
    .map((part) => part.replaceAll(/\W+/g, '-'))
    .join('-')
    .slice(0, 200)
    .concat('.txt');
