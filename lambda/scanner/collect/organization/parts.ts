import type { Json } from '../../model/json.ts';
import { FailedCall, unseen } from '../failure.ts';

/** A part, or why it is unavailable. A failure does not affect other parts. */
export async function observed(ask: () => Promise<Json>): Promise<Json> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof FailedCall)) throw error;
    return hidden(error);
  }
}

/** Why a part is unavailable, as it is saved. */
export const hidden = (error: FailedCall): Json => unseen(error, error.action);

/** Makes the calls one after the other, because AWS Organizations rejects concurrent calls. */
export async function oneByOne<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<readonly R[]> {
  const answers: R[] = [];
  for (const item of items) answers.push(await ask(item));
  return answers;
}
