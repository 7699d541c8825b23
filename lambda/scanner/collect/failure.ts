import { z } from 'zod';
import { type Unavailable, unavailable } from '../model/observed.ts';

/** Why a call failed, in one line, from whatever was thrown. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${told(error)}` : String(error))
    .replaceAll(/\s+/g, ' ')
    .slice(0, 300);

/** Where a host has several addresses and none answers, Node's error has a code and no message. */
const told = (error: Error) => error.message || systemCode(error) || 'no reason was given';

const systemCode = (error: Error) => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** Whether no answer came from AWS, which would have an HTTP status: no such host, nobody who listens, no time left. */
export const isUnanswered = (error: unknown): boolean => !answerSchema.safeParse(error).success;

const answerSchema = z.object({ $metadata: z.object({ httpStatusCode: z.number() }) });

const isDenied = (error: unknown) =>
  error instanceof Error && /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/.test(error.name);

/** The AWS error code of what was thrown; empty for what is no error. */
export const errorCode = (error: unknown): string => (error instanceof Error ? error.name : '');

/** Thrown when AWS refuses a call, or fails to answer it, with the IAM action of the call. */
export class FailedCall extends Error {
  override readonly name = 'FailedCall';
  readonly action: string;

  constructor(action: string, cause: unknown) {
    super(`${action} failed`, { cause });
    this.action = action;
  }
}

/** A call that AWS refused, or failed to answer as asked. */
export interface Failure {
  /** For want of a permission, for being asked too often, without an answer from AWS, or with an answer that says what else is wrong. */
  readonly kind: 'denied' | 'throttled' | 'unanswered' | 'failed';
  /** The IAM action of it. */
  readonly action: string;
  readonly reason: string;
}

/** What kind of failure was thrown, with the action that was refused or failed. */
export function failureOf(error: unknown, action: string): Failure {
  if (error instanceof FailedCall) return failureOf(error.cause, error.action);
  // AWS names the action that it refused, which can be another than the call's (a call may need two).
  const refused = /is not authorized to perform: ([\w-]+:\w+)/.exec(reasonOf(error))?.[1] ?? action;
  if (isDenied(error)) return { kind: 'denied', action: refused, reason: `access to ${refused} was denied` };
  return { kind: otherKind(error), action, reason: `${action} failed: ${reasonOf(error)}` };
}

/** Whether a reason is that a call failed, and not that it was denied; as {@link failureOf} words it. */
export const tellsOfFailure = (reason: string, action: string): boolean => reason.startsWith(`${action} failed: `);

function otherKind(error: unknown): Failure['kind'] {
  if (isThrottled(error)) return 'throttled';
  return isUnanswered(error) && errorCode(error) !== 'CredentialsProviderError' ? 'unanswered' : 'failed';
}

const isThrottled = (error: unknown) => /^(Request)?(Throttl|LimitExceeded|TooManyRequests|SlowDown)/.test(errorCode(error));

/** What could not be seen, with the action that was refused or failed. */
export function unseen(error: unknown, action: string): Unavailable {
  const failure = failureOf(error, action);
  return unavailable(failure.reason, failure.action);
}
