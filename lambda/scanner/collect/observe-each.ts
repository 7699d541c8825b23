import type { Json } from '../model/json.ts';
import { type Observed, collected } from '../model/observed.ts';
import { errorCode, unseen } from './failure.ts';

/**
 * Makes a call for each item in parallel. Failures are part of the result. An item that was deleted since it was listed is left out.
 */
export async function observeEach(
  names: readonly string[],
  action: string,
  ask: (name: string) => Promise<Json>,
): Promise<Readonly<Record<string, Observed<Json>>>> {
  const answers = await Promise.all(
    names.map((name) =>
      ask(name).then(
        (value): readonly [string, Observed<Json>][] => [[name, collected(value)]],
        (error: unknown) => (isGone(error) ? [] : [[name, unseen(error, action)] as const]),
      ),
    ),
  );
  return Object.fromEntries(answers.flat());
}

/** Whether IAM answered that there is no such item. */
export const isGone = (error: unknown): boolean =>
  errorCode(error) === 'NoSuchEntityException' || errorCode(error) === 'NoSuchEntity';
