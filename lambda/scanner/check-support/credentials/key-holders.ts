import type { Facts } from '../../facts/snapshot.ts';
import { type SeenKey, isSeen, type keyFacts, keysOf } from './access-keys.ts';
import { type UserSubject, users } from './users.ts';

/** An IAM user with all its access keys. */
export interface KeyHolder extends UserSubject {
  readonly keys: readonly SeenKey[];
  /** Why its keys are not known; absent if they are. */
  readonly unseen?: string;
}

/** Every IAM user of the account with its access keys, if any. */
export const keyHolders = (facts: Pick<Facts, (typeof keyFacts)[number]>): readonly KeyHolder[] =>
  users(facts).map((subject) => {
    const keys = keysOf(subject.user, facts);
    const unseen = keys.find((key) => !isSeen(key))?.unseen;
    return { ...subject, keys: keys.filter(isSeen), ...(unseen === undefined ? {} : { unseen }) };
  });
