import type { CredentialReportRow } from '../../facts/credential-report.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { type SeenKey, type UnseenKeys, isSeen, type keyFacts, keysByUser } from './access-keys.ts';
import { reportRow } from './users.ts';

/** An active access key with the other credentials of its user. */
export interface KeyWithSiblings extends SeenKey {
  /** The user's other keys, active or not. */
  readonly siblings: readonly SeenKey[];
  /** The row of the user in the credential report. */
  readonly row?: CredentialReportRow;
}

/** Every active access key with the other keys of its user. */
export const keysWithSiblings = (facts: Pick<Facts, (typeof keyFacts)[number]>): readonly (KeyWithSiblings | UnseenKeys)[] =>
  keysByUser(facts).flatMap((keys) =>
    keys.flatMap((key): readonly (KeyWithSiblings | UnseenKeys)[] => {
      if (!isSeen(key)) return [key];
      const row = reportRow(key.user, facts.credentialReport);
      const siblings = keys.filter(isSeen).filter((other) => other !== key);
      return key.active ? [{ ...key, siblings, ...(row ? { row } : {}) }] : [];
    }),
  );
