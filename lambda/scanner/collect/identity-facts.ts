import {
  GetAccessKeyLastUsedCommand,
  GetMFADeviceCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListSSHPublicKeysCommand,
  ListSigningCertificatesCommand,
} from '@aws-sdk/client-iam';
import { isAdminOnceSignedIn } from '../check-support/credentials/sign-in.ts';
import { reportRow } from '../check-support/credentials/users.ts';
import type { User } from '../facts/identity.ts';
import { mfaKind } from '../facts/mfa-devices.ts';
import { reportedUse } from '../facts/key-use.ts';
import type { Json } from '../model/json.ts';
import type { ObservedFacts } from '../facts/snapshot.ts';
import { type Observed, collected, ifCollected } from '../model/observed.ts';
import type { ActionOf, RawFactName } from '../facts/index.ts';
import { type PrincipalVerdict, isAdminCapable } from '../model/verdict.ts';
import type { Aws } from './aws.ts';
import { isGone, observeEach } from './observe-each.ts';
import { allPages, listIn } from './pages.ts';
import { GetLoginProfileCommand } from './client-iam.ts';
import { toJson } from './to-json.ts';

/** The facts that are known before the calls for single items. */
type KnownFacts = ObservedFacts<RawFactName | 'access'>;

/** How to collect a fact with one answer for each item: which items are still open, and the call for each. */
interface ItemQuestion<Action = string> {
  readonly action: Action;
  readonly items: (facts: KnownFacts) => Observed<readonly string[]>;
  readonly ask: (aws: Aws, name: string) => Promise<Json>;
}

/** Items from a fact that other facts leave open. If the fact is unavailable, so are the items. */
const itemsOf =
  <Fact>(
    factOf: (facts: KnownFacts) => Observed<Fact>,
    open: (fact: Fact, facts: KnownFacts) => readonly string[],
  ): ItemQuestion['items'] =>
  (facts) => {
    const fact = factOf(facts);
    return fact.status === 'unavailable' ? fact : collected(open(fact.value, facts));
  };

/** The users for whom a call is needed. */
const users = (isOpen: (user: User, facts: KnownFacts) => boolean): ItemQuestion['items'] =>
  itemsOf(
    ({ identities }) => identities,
    (identities, facts) => identities.users.filter((user) => isOpen(user, facts)).map(({ name }) => name),
  );

const values = <T>(items: ReadonlyMap<string, Observed<T>>): readonly T[] =>
  [...items.values()].flatMap((item) => (item.status === 'collected' ? [item.value] : []));

/** The user's row in the credential report. Undefined without a report, or if the user is newer than the report. */
const rowOf = ({ credentialReport }: KnownFacts, user: User) =>
  credentialReport.status === 'collected' ? reportRow(user, credentialReport.value) : undefined;

/** If more users have virtual devices, their other devices are not listed: that takes a call for each user. */
const MOST_WITH_VIRTUAL = 100;

/**
 * Users with an MFA device that is not virtual, or that may not be virtual, and all admins, whose devices must be current. Other users
 * with a virtual device are skipped if the account has only virtual devices, or very many of them.
 */
const usersWithOtherMfa = itemsOf(
  ({ identities }) => identities,
  ({ users }, facts) => {
    const { virtualMfaDevices, accountSummary } = facts;
    const virtual = ifCollected(virtualMfaDevices) ?? [];
    const withVirtual = new Set(virtual.flatMap(({ userArn }) => userArn ?? []));
    const inUse = accountSummary.status === 'collected' ? (accountSummary.value.mfaDevicesInUse ?? 0) : 0;
    const mayHaveMore = inUse > virtual.length && withVirtual.size <= MOST_WITH_VIRTUAL;
    const isOpen = (user: User) =>
      hasVerdict(facts, user.arn, isAdminOnceSignedIn) ||
      (withVirtual.has(user.arn) ? mayHaveMore : rowOf(facts, user)?.mfaActive !== false);
    return users.filter(isOpen).map(({ name }) => name);
  },
);

/** Users with a key in the report, users newer than the report, and admins, because a key newer than the report matters most there. */
const usersWithKeys = users((user, facts) => {
  const isReported = rowOf(facts, user)?.keys.some(({ active, lastRotated }) => active || typeof lastRotated === 'number');
  return (isReported ?? true) || hasVerdict(facts, user.arn, isAdminOnceSignedIn);
});

/** Active keys whose last use the credential report does not show. */
const keysOfUnknownUse = itemsOf(
  ({ accessKeys }) => accessKeys,
  (accessKeys, facts) => {
    const { identities } = facts;
    const known = ifCollected(identities)?.users ?? [];
    const rows = new Map(known.map((user) => [user.name, rowOf(facts, user)]));
    return values(accessKeys).flatMap((keys) =>
      keys.filter((key) => reportedUse(key, keys, rows.get(key.userName)) === undefined).map(({ id }) => id),
    );
  },
);

const usersWithCertificates = users((user, facts) => (rowOf(facts, user)?.activeCertificates ?? 1) > 0);

const adminUsers = itemsOf(
  ({ access }) => access,
  (access) =>
    [...access.values()]
      .filter((principal) => principal.type === 'user' && isAdminCapable(principal))
      .map(({ arn }) => arn.replace(/^.*\//, '')),
);

/** Admins who have a password by the report, and those newer than the report. */
const adminsWithPassword = users(
  (user, facts) => rowOf(facts, user)?.passwordEnabled !== false && hasVerdict(facts, user.arn, isAdminOnceSignedIn),
);

function hasVerdict({ access }: KnownFacts, arn: string, holds: (verdict: PrincipalVerdict) => boolean): boolean {
  const verdict = ifCollected(access)?.get(arn);
  return verdict !== undefined && holds(verdict);
}

/** The facts that need a call for each identity. Each comes after the facts that it depends on. */
const questions = {
  mfaDevices: {
    action: 'iam:ListMFADevices',
    items: usersWithOtherMfa,
    ask: async ({ iam }, UserName) => {
      const pages = await allPages((marker) => iam.send(new ListMFADevicesCommand({ UserName, ...marker })));
      return { MFADevices: toJson(pages.flatMap((page) => listIn(page.MFADevices))) };
    },
  },
  mfaCertifications: {
    action: 'iam:GetMFADevice',
    // The call works for FIDO authenticators only.
    items: itemsOf(
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
      return { AccessKeyMetadata: toJson(pages.flatMap((page) => listIn(page.AccessKeyMetadata))) };
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
      return { Certificates: toJson(pages.flatMap((page) => listIn(page.Certificates))) };
    },
  },
  sshPublicKeys: {
    action: 'iam:ListSSHPublicKeys',
    items: adminUsers,
    ask: async ({ iam }, UserName) => {
      const pages = await allPages((marker) => iam.send(new ListSSHPublicKeysCommand({ UserName, ...marker })));
      return { SSHPublicKeys: toJson(pages.flatMap((page) => listIn(page.SSHPublicKeys))) };
    },
  },
  loginProfiles: {
    action: 'iam:GetLoginProfile',
    items: adminsWithPassword,
    ask: async ({ iam }, UserName) => {
      try {
        return toJson(await iam.send(new GetLoginProfileCommand({ UserName })));
      } catch (error) {
        if (isGone(error)) return { LoginProfile: null };
        throw error;
      }
    },
  },
} as const satisfies { readonly [Name in RawFactName]?: ItemQuestion<ActionOf<Name>> };

/** The name of a fact with one answer for each identity. */
export type IdentityFactName = keyof typeof questions;

/** The names of the facts with one answer for each identity. Each comes after the facts that list its items. */
export const identityFactNames = Object.keys(questions) as readonly IdentityFactName[];

/** Collects a fact with a call for each open item. */
export async function collectIdentityFact(name: IdentityFactName, aws: Aws, facts: KnownFacts): Promise<Observed<Json>> {
  const { action, items, ask }: ItemQuestion = questions[name];
  const names = items(facts);
  return names.status === 'unavailable' ? names : collected(await observeEach(names.value, action, (item) => ask(aws, item)));
}
