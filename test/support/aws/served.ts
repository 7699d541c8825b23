import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { RawFactName } from '../../../lambda/scanner/facts/index.ts';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import type { Call, Served } from './call.ts';
import { credentialReportJob } from './credential-report-job.ts';
import { field, isObject, list, text } from './json-access.ts';
import type { Quirks } from './quirks.ts';
import { accessDenied, invalid, noSuchEntity } from './refusal.ts';

/** Indexes the account, once. */
export function serve(snapshot: SnapshotFile, quirks: Quirks): Served {
  const identities = seen(snapshot.facts.identities);
  return {
    snapshot,
    quirks,
    caller: `arn:${snapshot.partition}:sts::${snapshot.accountId}:assumed-role/iam-vigil/scan`,
    users:
      identities === undefined
        ? undefined
        : new Set(list(identities, 'UserDetailList').map((user) => text(user, 'UserName') ?? '')),
    keyOwners: keyOwners(seen(snapshot.facts.accessKeys)),
    credentialReport: credentialReportJob(quirks.credentialReport),
  };
}

/** The value of something observed; undefined where it could not be, or is missing. */
const seen = (observed: Json | undefined): Json | undefined =>
  field(observed, 'status') === 'collected' ? field(observed, 'value') : undefined;

function keyOwners(accessKeys: Json | undefined): ReadonlyMap<string, string> {
  const byUser = isObject(accessKeys) ? Object.entries(accessKeys) : [];
  return new Map(
    byUser.flatMap(([user, item]) => list(seen(item), 'AccessKeyMetadata').map((key) => [text(key, 'AccessKeyId') ?? '', user])),
  );
}

/**
 * The value of a fact.
 *
 * @throws Refusal (access denied) when the snapshot could not see it.
 */
export function factOf({ snapshot, caller }: Served, call: Call, name: RawFactName): Json {
  const value = seen(snapshot.facts[name]);
  if (value === undefined) throw accessDenied(caller, call);
  return value;
}

/**
 * One item of a fact that holds an answer for each user, device, key or provider; undefined where it has none.
 *
 * @throws Refusal (access denied) when the snapshot could not see it.
 */
export function itemOf(served: Served, call: Call, name: RawFactName, key: string): Json | undefined {
  const item = field(factOf(served, call, name), key);
  if (item === undefined) return undefined;
  const value = seen(item);
  if (value === undefined) throw accessDenied(served.caller, call);
  return value;
}

/**
 * The user that the call is about.
 *
 * @throws Refusal when none is named, or there is none of that name.
 */
export function userOf(served: Served, { parameters }: Call): string {
  const user = parameters.get('UserName');
  if (user === undefined) throw invalid('Must specify userName when calling with non-User credentials');
  if (!exists(served, user)) throw noSuchEntity(`The user with name ${user} cannot be found.`);
  return user;
}

/** Whether there is a user of that name, and it has not vanished in the meantime. */
export const exists = ({ users, quirks }: Served, user: string): boolean =>
  (users?.has(user) ?? true) && quirks.vanishedUsers?.includes(user) !== true;
