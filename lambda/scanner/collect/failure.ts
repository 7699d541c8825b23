import { z } from 'zod';
import { type Unavailable, unavailable } from '../model/observed.ts';

/** Why a call failed, in one line, from any thrown value. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${told(error)}` : String(error))
    .replaceAll(/\s+/g, ' ')
    .slice(0, 300);

/** If a host has several addresses and none answers, Node's error has a code but no message. */
const told = (error: Error) => error.message || systemCode(error) || 'no reason given';

const systemCode = (error: Error) => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** Whether AWS did not answer: an answer would have an HTTP status. Examples: unknown host, connection refused, timeout. */
export const isUnanswered = (error: unknown): boolean => !answerSchema.safeParse(error).success;

const answerSchema = z.object({ $metadata: z.object({ httpStatusCode: z.number() }) });

const isDenied = (error: unknown) =>
  error instanceof Error && /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/.test(error.name);

/** The AWS error code of a thrown value. Empty if it is not an error. */
export const errorCode = (error: unknown): string => (error instanceof Error ? error.name : '');

/** Thrown when AWS denies a call or the call fails. It has the IAM action of the call. */
export class FailedCall extends Error {
  override readonly name = 'FailedCall';
  readonly action: string;

  constructor(action: string, cause: unknown) {
    super(`${action} failed`, { cause });
    this.action = action;
  }
}

/** A call that AWS denied, or that failed. */
export interface Failure {
  /** Permission denied, throttled, no answer from AWS, or any other error. */
  readonly kind: 'denied' | 'throttled' | 'unanswered' | 'failed';
  /** The IAM action of the call. */
  readonly action: string;
  readonly reason: string;
}

/** The kind of the failure, with the action that was denied or failed. */
export function failureOf(error: unknown, action: string): Failure {
  if (error instanceof FailedCall) return failureOf(error.cause, error.action);
  // AWS names the action that it denied. It can differ from the action of the call, because a call may need two.
  const refused = /is not authorized to perform: ([\w-]+:\w+)/.exec(reasonOf(error))?.[1] ?? action;
  if (isDenied(error)) return { kind: 'denied', action: refused, reason: `access to ${refused} was denied` };
  return { kind: otherKind(error), action, reason: `${action} failed: ${reasonOf(error)}` };
}

/** Whether a reason, as worded by {@link failureOf}, says that a call failed and was not denied. */
export const tellsOfFailure = (reason: string, action: string): boolean => reason.startsWith(`${action} failed: `);

function otherKind(error: unknown): Failure['kind'] {
  if (isThrottled(error)) return 'throttled';
  return isUnanswered(error) && errorCode(error) !== 'CredentialsProviderError' ? 'unanswered' : 'failed';
}

const isThrottled = (error: unknown) => /^(Request)?(Throttl|LimitExceeded|TooManyRequests|SlowDown)/.test(errorCode(error));

/** An unavailable fact, with the action that was denied or failed. */
export function unseen(error: unknown, action: string): Unavailable {
  const failure = failureOf(error, action);
  return unavailable(failure.reason, failure.action);
}
