import type { Json } from '../../model/json.ts';
import { FailedCall, unseen } from '../failure.ts';

/** What was asked for, or why it could not be seen, which hides this part and no other. */
export async function observed(ask: () => Promise<Json>): Promise<Json> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof FailedCall)) throw error;
    return hidden(error);
  }
}

/** Why a call gave no answer, in the form in which it is saved. */
export const hidden = (error: FailedCall): Json => unseen(error, error.action);

/** Asks for one after the other: AWS refuses whoever asks Organizations several things at once. */
export async function oneByOne<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<readonly R[]> {
  const answers: R[] = [];
  for (const item of items) answers.push(await ask(item));
  return answers;
}
