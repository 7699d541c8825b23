import type { Reported } from '../../model/informational-record.ts';
import { cut, fit, limits } from './limits.ts';
import { exceptionOf } from './product-fields.ts';

/** The note of a finding that an exception accepts: until when, who is responsible, and why. Undefined without an exception. */
export function exceptionNote(finding: Reported): string | undefined {
  const exception = exceptionOf(finding);
  if (!exception) return undefined;
  const { reason, owner, ticket, expires } = exception;
  const who = `Owner: ${fit(owner, 64)}${ticket === undefined ? '' : `, ticket: ${fit(ticket, 64)}`}.`;
  return `Accepted in iam-vigil.yaml until ${fit(expires, 32)}. ${who} Reason: ${fit(reason, 160)}`;
}

/** The note of a finding whose exception has ended, or that is worse than what it accepted. */
export const RETURNED = 'No exception in iam-vigil.yaml accepts it any more. The finding is open again.';

const EARLIER = ' Earlier note by ';

/** A note as Security Hub stores it. */
interface Note {
  readonly text: string;
  readonly by: string;
}

/** Our note, followed by the earlier note of a person: Security Hub keeps one note for each finding, and theirs must not be lost. */
export function keepingEarlier(text: string, stored: Note | undefined, isOurs: boolean): string {
  if (!stored) return fit(text, limits.note);
  const earlier = isOurs ? afterMark(stored.text) : `${EARLIER}${stored.by}: ${stored.text}`;
  return cut(fit(`${text}${earlier}`, Infinity), limits.note, '…');
}

const afterMark = (text: string): string => {
  const at = text.indexOf(EARLIER);
  return at === -1 ? '' : text.slice(at);
};
