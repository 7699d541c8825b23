import type { Pluggable } from '@smithy/types';

/** The error of a request if DNS has no host for the service in the Region. The SDK does not retry it. */
export class NoSuchHost extends Error {
  override readonly name = 'NoSuchHost';
}

/** Makes the requests of a client fail with {@link NoSuchHost} at once if DNS does not know the host. */
export const withoutHostRetries = <Input extends object, Output extends object>(): Pluggable<Input, Output> => ({
  applyToStack: (stack) => {
    // Inside the retry step.
    stack.add((next) => (args) => next(args).catch(refuseToRetry), { step: 'deserialize' });
  },
});

/** A host that does not exist in DNS will not exist a minute later, so there is no retry. If DNS itself fails, the code is EAI_AGAIN. https://nodejs.org/api/dns.html#error-codes */
function refuseToRetry(error: unknown): never {
  const isUnknownHost = error instanceof Error && 'code' in error && error.code === 'ENOTFOUND';
  // Without a cause, because the SDK also looks for retryable errors in it.
  throw isUnknownHost ? new NoSuchHost(error.message) : error;
}
