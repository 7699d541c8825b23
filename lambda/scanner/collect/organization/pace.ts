import { setTimeout as pause } from 'node:timers/promises';
import type { Pluggable } from '@smithy/types';
import pLimit from 'p-limit';

/**
 * AWS allows 20 calls per second, all callers and all actions of IAM Identity Center together, and does not raise it. A quarter is left
 * to others. https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
 */
export const CALLS_PER_SECOND = 15;

/** Starts at most so many calls of the clients that use it in any second. The others wait. */
export function atMostPerSecond(calls: number): <Input extends object, Output extends object>() => Pluggable<Input, Output> {
  const limit = pLimit(calls);
  const paced = <T>(call: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      // A call occupies its place for a second, or longer if its answer takes longer.
      void limit(() => Promise.all([call().then(resolve, reject), pause(1_000)]));
    });
  return () => ({
    applyToStack: (stack) => {
      stack.add((next) => (args) => paced(() => next(args)), { step: 'initialize' });
    },
  });
}

/** Makes the calls several at a time. The first failure cancels those that have not begun. */
export async function severalAtOnce<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<readonly R[]> {
  const limit = pLimit(CALLS_PER_SECOND);
  const askOne = async (item: T) => {
    try {
      return await ask(item);
    } catch (error) {
      limit.clearQueue();
      throw error;
    }
  };
  return Promise.all(items.map((item) => limit(() => askOne(item))));
}
