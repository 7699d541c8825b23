import {
  GetAccessKeyLastUsedCommand,
  GetMFADeviceCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListSSHPublicKeysCommand,
  ListSigningCertificatesCommand,
} from '@aws-sdk/client-iam';
import { isAdminOnceSignedIn } from '../checks/subjects/sign-in.ts';
import { reportRow } from '../checks/subjects/users.ts';
import type { User } from '../facts/identities.ts';
import { mfaKind } from '../facts/mfa-devices.ts';
import { reportedUse } from '../facts/key-use.ts';
import type { Json } from '../model/json.ts';
import type { ObservedFacts } from '../facts/snapshot.ts';
import { type Observed, collected } from '../model/observed.ts';
import type { ActionOf, RawFactName } from '../facts/index.ts';
import { type PrincipalVerdict, isAdminCapable } from '../model/verdict.ts';
import type { Aws } from './aws.ts';
import { observeEach } from './observe-each.ts';
import { allPages } from './pages.ts';
import { toJson } from './to-json.ts';

/** What is known by the time that items are asked for. */
type KnownFacts = ObservedFacts<RawFactName | 'access'>;

/** How a fact with one answer an item is collected: which items the facts so far leave open, and the call for each. */
interface ItemQuestion<Action = string> {
  readonly action: Action;
  readonly items: (facts: KnownFacts) => Observed<readonly string[]>;
  readonly ask: (aws: Aws, name: string) => Promise<Json>;
}

/** The items that a fact names, of those that the other facts leave open; where the fact is unseen, so are they. */
const among =
  <Fact>(
    factOf: (facts: KnownFacts) => Observed<Fact>,
    open: (fact: Fact, facts: KnownFacts) => readonly string[],
  ): ItemQuestion['items'] =>
  (facts) => {
    const fact = factOf(facts);
    return fact.status === 'unavailable' ? fact : collected(open(fact.value, facts));
  };

/** The users of whom something is open. */
const users = (isOpen: (user: User, facts: KnownFacts) => boolean): ItemQuestion['items'] =>
  among(
    ({ identities }) => identities,
    (identities, facts) => identities.users.filter((user) => isOpen(user, facts)).map(({ name }) => name),
  );

const values = <T>(items: ReadonlyMap<string, Observed<T>>): readonly T[] =>
  [...items.values()].flatMap((item) => (item.status === 'collected' ? [item.value] : []));

/** What the credential report says of a user; undefined where the report is not to be had or does not know the user yet. */
const rowOf = ({ credentialReport }: KnownFacts, user: User) =>
  credentialReport.status === 'collected' ? reportRow(user, credentialReport.value) : undefined;

/** Above so many users with virtual devices, what else they have is not asked for: it takes a call each. */
const MOST_WITH_VIRTUAL = 100;

/**
 * Users with MFA that is not a virtual device, or of whom that cannot be told, and admins, of whom all devices must be known as they
 * are now. Of the others with a virtual device no more is asked where the account has no devices but virtual ones, or has very many.
 */
const usersWithOtherMfa = among(
  ({ identities }) => identities,
  ({ users }, facts) => {
    const { virtualMfaDevices, accountSummary } = facts;
    const virtual = virtualMfaDevices.status === 'collected' ? virtualMfaDevices.value : [];
    const withVirtual = new Set(virtual.map(({ userArn }) => userArn));
    const inUse = accountSummary.status === 'collected' ? (accountSummary.value.mfaDevicesInUse ?? 0) : 0;
    const mayHaveMore = inUse > virtual.length && withVirtual.size <= MOST_WITH_VIRTUAL;
    const isOpen = (user: User) =>
      hasVerdict(facts, user.arn, isAdminOnceSignedIn) ||
      (withVirtual.has(user.arn) ? mayHaveMore : rowOf(facts, user)?.mfaActive !== false);
    return users.filter(isOpen).map(({ name }) => name);
  },
);

/** Users with a key by the report, or who are newer than it; and admins, of whom a key that is newer than it matters most. */
const usersWithKeys = users((user, facts) => {
  const isReported = rowOf(facts, user)?.keys.some(({ active, lastRotated }) => active || typeof lastRotated === 'number');
  return (isReported ?? true) || hasVerdict(facts, user.arn, isAdminOnceSignedIn);
});

/** Active keys whose last use the credential report does not settle. */
const keysOfUnknownUse = among(
  ({ accessKeys }) => accessKeys,
  (accessKeys, facts) => {
    const { identities } = facts;
    const known = identities.status === 'collected' ? identities.value.users : [];
    const rows = new Map(known.map((user) => [user.name, rowOf(facts, user)]));
    return values(accessKeys).flatMap((keys) =>
      keys.filter((key) => key.active && reportedUse(key, keys, rows.get(key.userName)) === undefined).map(({ id }) => id),
    );
  },
);

const usersWithCertificates = users((user, facts) => (rowOf(facts, user)?.activeCertificates ?? 1) > 0);

const adminUsers = among(
  ({ access }) => access,
  (access) =>
    [...access.values()]
      .filter((principal) => principal.type === 'user' && isAdminCapable(principal))
      .map(({ arn }) => arn.replace(/^.*\//, '')),
);

function hasVerdict({ access }: KnownFacts, arn: string, holds: (verdict: PrincipalVerdict) => boolean): boolean {
  const verdict = access.status === 'collected' ? access.value.get(arn) : undefined;
  return verdict !== undefined && holds(verdict);
}

/** The facts that need a call an identity, in an order in which each comes after what it leans on. */
const questions = {
  mfaDevices: {
    action: 'iam:ListMFADevices',
    items: usersWithOtherMfa,
    ask: async ({ iam }, UserName) => {
      const pages = await allPages((marker) => iam.send(new ListMFADevicesCommand({ UserName, ...marker })));
      return { MFADevices: toJson(pages.flatMap(({ MFADevices = [] }) => MFADevices)) };
    },
  },
  mfaCertifications: {
    action: 'iam:GetMFADevice',
    // The call answers for FIDO authenticators only.
    items: among(
      ({ mfaDevices }) => mfaDevices,
      (mfaDevices) => values(mfaDevices).flatMap((serials) => serials.filter((serial) => mfaKind(serial) === 'fido')),
    ),
    ask: async ({ iam }, SerialNumber) => toJson(await iam.send(new GetMFADeviceCommand({ SerialNumber }))),
  },
  accessKeys: {
    action: 'iam:ListAccessKeys',
    items: usersWithKeys,
    ask: async ({ iam }, UserName) => {
      const pages = await allPages((marker) => iam.send(new ListAccessKeysCommand({ UserName, ...marker })));
      return { AccessKeyMetadata: toJson(pages.flatMap(({ AccessKeyMetadata = [] }) => AccessKeyMetadata)) };
    },
  },
  accessKeyLastUsed: {
    action: 'iam:GetAccessKeyLastUsed',
    items: keysOfUnknownUse,
    ask: async ({ iam }, AccessKeyId) => toJson(await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))),
  },
  signingCertificates: {
    action: 'iam:ListSigningCertificates',
    items: usersWithCertificates,
    ask: async ({ iam }, UserName) => {
      const pages = await allPages((marker) => iam.send(new ListSigningCertificatesCommand({ UserName, ...marker })));
      return { Certificates: toJson(pages.flatMap(({ Certificates = [] }) => Certificates)) };
    },
  },
  sshPublicKeys: {
    action: 'iam:ListSSHPublicKeys',
    items: adminUsers,
    ask: async ({ iam }, UserName) => {
      const pages = await allPages((marker) => iam.send(new ListSSHPublicKeysCommand({ UserName, ...marker })));
      return { SSHPublicKeys: toJson(pages.flatMap(({ SSHPublicKeys = [] }) => SSHPublicKeys)) };
    },
  },
} as const satisfies { readonly [Name in RawFactName]?: ItemQuestion<ActionOf<Name>> };

/** The name of a fact with one answer an identity. */
export type IdentityFactName = keyof typeof questions;

/** The names of the facts with one answer an identity, each after those that name its items. */
export const identityFactNames = Object.keys(questions) as readonly IdentityFactName[];

/** Asks for each item that the facts so far leave open. */
export async function collectIdentityFact(name: IdentityFactName, aws: Aws, facts: KnownFacts): Promise<Observed<Json>> {
  const { action, items, ask }: ItemQuestion = questions[name];
  const names = items(facts);
  return names.status === 'unavailable' ? names : collected(await observeEach(names.value, action, (item) => ask(aws, item)));
}
