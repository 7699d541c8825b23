import { GenerateCredentialReportCommand, GetCredentialReportCommand } from '@aws-sdk/client-iam';
import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from '../model/json.ts';
import type { Aws } from './aws.ts';
import { errorCode } from './failure.ts';

/** Waits for a number of milliseconds. */
type Wait = (milliseconds: number) => Promise<unknown>;

const FIRST_PAUSE = 500;
const GIVE_UP_AFTER = 60_000;

/**
 * The credential report. AWS generates a new one if the last one is older than four hours, and returns the last one otherwise.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export async function collectCredentialReport({ iam }: Pick<Aws, 'iam'>, wait: Wait = pause): Promise<Json> {
  let waited = 0;
  for (let next = FIRST_PAUSE; !(await isReady(iam)); next *= 2) {
    if (waited >= GIVE_UP_AFTER)
      throw new Error(`the credential report was not ready after ${waited / 1000} seconds. Scan again later`);
    await wait(next);
    waited += next;
  }
  const { Content, GeneratedTime } = await iam.send(new GetCredentialReportCommand({}));
  if (Content === undefined) throw new Error('AWS returned no credential report');
  return {
    Content: Buffer.from(Content).toString('utf8'),
    ...(GeneratedTime ? { GeneratedTime: GeneratedTime.toISOString() } : {}),
  };
}

async function isReady(iam: Aws['iam']): Promise<boolean> {
  const command = new GenerateCredentialReportCommand({});
  // Inside the retry step, and around the step that reads the answer.
  command.middlewareStack.add((next) => (args) => next(args).catch(giveUpAtLimit), { step: 'deserialize', priority: 'high' });
  try {
    const { State } = await iam.send(command);
    if (State === undefined) throw new Error('AWS left the state of the credential report out of its answer');
    return State === 'COMPLETE';
  } catch (error) {
    // AWS generates no more reports for now. The last report may still exist, and it contains its age.
    if (isAtLimit(error)) return true;
    throw error;
  }
}

const isAtLimit = (error: unknown) => error instanceof ReportLimit || errorCode(error) === 'LimitExceededException';

/** AWS generates no more reports for now: at most one every four hours. */
class ReportLimit extends Error {
  override readonly name = 'ReportLimit';
}

/** The SDK takes the limit for throttling and retries for a minute, but it ends hours later. Without a cause, in which the SDK also looks. */
function giveUpAtLimit(error: unknown): never {
  throw isAtLimit(error) ? new ReportLimit('AWS generates no more credential reports for now') : error;
}
