import type { Subject } from '../../check.ts';
import type { CredentialReportRow, ReportedDate, ReportedKey } from '../../facts/credential-report.ts';
import type { AccessKey } from '../../facts/access-keys.ts';
import type { User } from '../../facts/identity.ts';
import { numberedKey } from '../../model/finding.ts';
import { reportedUse } from '../../facts/key-use.ts';
import type { Instant } from '../../model/instant.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { memoizeByFacts } from '../principals/memoize-by-facts.ts';
import { reportRow, userResource } from './users.ts';

interface OfUser extends Subject {
  readonly principalArn: string;
  readonly user: User;
}

/** An access key of an IAM user. */
export interface SeenKey extends OfUser {
  readonly unseen?: undefined;
  /** How a headline names the key: `Access key AKIA… of IAM user ci`. */
  readonly label: string;
  readonly active: boolean;
  /** Absent if only the credential report is available: its date can be that of a later change of status. */
  readonly createdAt?: Instant;
  /** The key was created at this time or before. */
  readonly createdBefore?: Instant;
  /** Absent if AWS did not show it. */
  readonly lastUsed?: Instant | 'never';
}

/** Stands for the keys of a user whose keys could not be listed; the text says why. */
export interface UnseenKeys extends OfUser {
  readonly unseen: string;
}

/** The facts about access keys. A check of access keys needs all of them. */
export const keyFacts = ['identities', 'credentialReport', 'accessKeys', 'accessKeyLastUsed'] as const;

type KeyFacts = Pick<Facts, (typeof keyFacts)[number]>;

/** Whether this is a key, and not the placeholder for keys that could not be listed. */
export const isSeen = (key: SeenKey | UnseenKeys): key is SeenKey => key.unseen === undefined;

/** Every access key of the account, grouped by user; one placeholder for each user whose keys could not be listed. */
export const keysByUser = memoizeByFacts(keyFacts, (facts): readonly (readonly (SeenKey | UnseenKeys)[])[] =>
  facts.identities.users.map((user) => keysOf(user, facts)),
);

/** The access keys that can sign requests. */
export const activeKeys = memoizeByFacts(keyFacts, (facts): readonly (SeenKey | UnseenKeys)[] =>
  keysByUser(facts)
    .flat()
    .filter((key) => key.unseen !== undefined || key.active),
);

/**
 * The access keys of one user. Live facts take precedence. The report is used only if the keys were not requested: the user has
 * none, or only saved files are available. If AWS refused to list the keys, the report is not used as a guess.
 */
export function keysOf(user: User, facts: KeyFacts): readonly (SeenKey | UnseenKeys)[] {
  const row = reportRow(user, facts.credentialReport);
  const listed = facts.accessKeys.get(user.name);
  if (listed?.status === 'collected') return listed.value.map((key) => liveKey(user, key, listed.value, row, facts));
  if (listed) return [unseenKeys(user, listed.reason)];
  if (row) return row.keys.flatMap((key, index) => reportedKey(user, key, index + 1));
  return [unseenKeys(user, 'the user is newer than the credential report, and its keys were not listed')];
}

const unseenKeys = (user: User, unseen: string): UnseenKeys => ({
  resource: { ...userResource(user), id: `${user.id}/access-keys` },
  principalArn: user.arn,
  user,
  unseen,
});

const keySubject = (user: User, name: string, label = name): OfUser & { readonly label: string } => ({
  resource: { type: 'AwsIamAccessKey', arn: user.arn, name, id: `${user.id}/${name}` },
  principalArn: user.arn,
  user,
  label: `Access key ${label} of IAM user ${user.name}`,
});

function liveKey(
  user: User,
  key: AccessKey,
  keys: readonly AccessKey[],
  row: CredentialReportRow | undefined,
  { accessKeyLastUsed }: KeyFacts,
): SeenKey {
  const live = accessKeyLastUsed.get(key.id);
  const used = live?.status === 'collected' ? (live.value ?? 'never') : live ? undefined : reportedUse(key, keys, row);
  return {
    ...keySubject(user, key.id),
    active: key.active,
    createdAt: key.createdAt,
    createdBefore: key.createdAt,
    ...lastUsed(used),
  };
}

/** A key as the report shows it. Where there is no key, the report shows an inactive one without a date. */
function reportedKey(user: User, key: ReportedKey, number: number): readonly SeenKey[] {
  const rotated = typeof key.lastRotated === 'number' ? { createdBefore: key.lastRotated } : {};
  if (!key.active && rotated.createdBefore === undefined) return [];
  return [
    { ...keySubject(user, numberedKey(number), String(number)), active: key.active, ...rotated, ...lastUsed(key.lastUsed) },
  ];
}

const lastUsed = (used: ReportedDate | undefined) => (used === undefined || used === 'unsupported' ? {} : { lastUsed: used });
