import type { Subject } from '../../model/check.ts';
import type { CredentialReportRow, ReportedDate, ReportedKey } from '../../model/facts/credential-report.ts';
import type { AccessKey } from '../../model/facts/credentials.ts';
import type { User } from '../../model/facts/identities.ts';
import { numberedKey } from '../../model/finding.ts';
import { reportedUse } from '../../model/facts/key-use.ts';
import type { Instant } from '../../model/instant.ts';
import type { Facts } from '../../model/snapshot.ts';
import { madeOnce } from './made-once.ts';
import { reportRow, userResource } from './users.ts';

interface OfUser extends Subject {
  readonly principalArn: string;
  readonly user: User;
}

/** An access key of an IAM user. */
export interface SeenKey extends OfUser {
  readonly unseen?: undefined;
  /** How a sentence names the key, such as `Access key AKIA… of user ci`. */
  readonly label: string;
  readonly active: boolean;
  /** Absent where only the report is at hand, whose date may be that of a later change of status. */
  readonly createdAt?: Instant;
  /** The key was created at this time or before. */
  readonly createdBefore?: Instant;
  /** Absent where it could not be seen. */
  readonly lastUsed?: Instant | 'never';
}

/** The keys of a user, of which AWS did not let us see even how many there are; the text says why. */
export interface UnseenKeys extends OfUser {
  readonly unseen: string;
}

/** The facts that tell of access keys. A check on keys needs them all. */
export const keyFacts = ['identities', 'credentialReport', 'accessKeys', 'accessKeyLastUsed'] as const;

type KeyFacts = Pick<Facts, (typeof keyFacts)[number]>;

/** Whether this is a key, and not what stands for keys that could not be seen. */
export const isSeen = (key: SeenKey | UnseenKeys): key is SeenKey => key.unseen === undefined;

/** Every access key of the account, by user; a user whose keys could not be seen stands for them. */
export const keysByUser = madeOnce(keyFacts, (facts): readonly (readonly (SeenKey | UnseenKeys)[])[] =>
  facts.identities.users.map((user) => keysOf(user, facts)),
);

/** The access keys that can sign requests. */
export const activeKeys = madeOnce(keyFacts, (facts): readonly (SeenKey | UnseenKeys)[] =>
  keysByUser(facts)
    .flat()
    .filter((key) => key.unseen !== undefined || key.active),
);

/**
 * The access keys of one user. Live facts come first. A user whose keys were not asked for (there are none, or only saved files are
 * at hand) is judged by the report; one whose keys AWS refused to list is not guessed at.
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
  label: `Access key ${label} of user ${user.name}`,
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

/** A key as the report knows it; where there is none, it says "inactive" and no date. */
function reportedKey(user: User, key: ReportedKey, number: number): readonly SeenKey[] {
  const rotated = typeof key.lastRotated === 'number' ? { createdBefore: key.lastRotated } : {};
  if (!key.active && rotated.createdBefore === undefined) return [];
  return [
    { ...keySubject(user, numberedKey(number), String(number)), active: key.active, ...rotated, ...lastUsed(key.lastUsed) },
  ];
}

const lastUsed = (used: ReportedDate | undefined) => (used === undefined || used === 'unsupported' ? {} : { lastUsed: used });
