import { shellQuote } from '../../model/command.ts';
import type { Finding } from '../../model/finding.ts';
import { isRootArn } from '../../model/arn.ts';
import { printable } from '../printable.ts';

/** A command of iam-vigil as it is typed: in the way it was started, and with the source of the scan. */
export type TypedCommand = (command: 'admins' | 'explain' | 'scan', ...more: readonly string[]) => string;

/** The command by its name alone. */
export const plainCommand: TypedCommand = (...words) => ['iam-vigil', ...words.map(shellQuote)].join(' ');

/** What to run after a scan that found something: why the first finding is so, who is admin, and all findings. */
export function nextCommands([first]: readonly Finding[], all: boolean, typed: TypedCommand): readonly string[] {
  if (first === undefined) return [];
  return [
    typed('explain', explainable(first)),
    typed('admins'),
    all ? typed('scan', '--all', '--details') : typed('scan', '--all'),
  ].map(printable);
}

/** The principal of a finding, if it has a path that can be explained, and an ARN that can be typed; else its check. */
const explainable = ({ checkId, resource: { type, arn } }: Finding): string =>
  !isRootArn(arn) && printable(arn) === arn && /^AwsIam(User|Role|AccessKey)$/.test(type) ? arn : checkId;
