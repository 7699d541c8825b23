import { type Observed, collected, unavailable } from '../lambda/scanner/model/observed.ts';
import { type RawFactName, rawFactNames } from '../lambda/scanner/facts/index.ts';
import { SNAPSHOT_SCHEMA_VERSION, type SnapshotFile } from '../lambda/scanner/facts/snapshot-file.ts';
import type { Json } from '../lambda/scanner/model/json.ts';
import { accountSummary, credentialReport, virtualMfaDevices } from './account/credentials.ts';
import { type AccountSize, authorizationDetails, userSeeds } from './account/identities.ts';
import { ACCOUNT_ID, TAKEN_AT } from './account/names.ts';
import { createRandom } from './account/random.ts';

export type { AccountSize } from './account/identities.ts';

const NOT_MADE = unavailable('the benchmark does not make it');

/**
 * A made-up account of the size, the same for the same seed: a hundred teams with their machines, people and roles, 300 groups, a
 * few administrators, and now and then a statement that leads further than was meant.
 */
export function createAccount(size: AccountSize, seed = 1): SnapshotFile {
  const random = createRandom(seed);
  const users = userSeeds(random, size.users);
  const made: Partial<Record<RawFactName, Observed<Json>>> = {
    identities: collected(authorizationDetails(random, size, users)),
    accountSummary: collected(accountSummary({ Users: size.users, Roles: size.roles, Policies: size.policies, Groups: 300 })),
    credentialReport: collected(credentialReport(random, users)),
    virtualMfaDevices: collected(virtualMfaDevices(users)),
    accessKeys: collected({}),
    accessKeyLastUsed: collected({}),
    passwordPolicy: collected(null),
  };
  const missing = Object.fromEntries(rawFactNames.map((name) => [name, NOT_MADE])) as Record<RawFactName, typeof NOT_MADE>;
  return {
    schemaVersion: SNAPSHOT_SCHEMA_VERSION,
    takenAt: TAKEN_AT,
    partition: 'aws',
    accountId: ACCOUNT_ID,
    calls: 0,
    facts: { ...missing, ...made },
  };
}
