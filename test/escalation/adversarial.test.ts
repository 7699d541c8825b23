import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import type { PrincipalVerdict, Verdict } from '../../lambda/scanner/model/verdict.ts';
import {
  type AccountSpec,
  ADMINISTRATOR,
  allow,
  deny,
  iam,
  type RoleSpec,
  snapshotOf,
  type UserSpec,
  when,
  wordOf,
} from './support.ts';
import { volume } from '../support/volume.ts';

/**
 * Of the processor, whatever else the machine does: four times what the slowest takes where coverage is counted too. A search that
 * asks of everybody about everybody takes many times as long.
 */
const MOST_MILLISECONDS = volume({ usual: 5_000, full: 25_000 });

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const named = <T>(prefix: string, count: number, make: (index: number) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(times(count, (index) => [`${prefix}${index}`, make(index)]));

/** The verdicts of an account, how many there are of each, and how long they took. */
function measure(account: AccountSpec) {
  const snapshot = snapshotOf(account);
  const before = process.cpuUsage();
  const access = analyze(snapshot);
  const milliseconds = process.cpuUsage(before).user / 1_000;
  if (access.status === 'unavailable') throw new Error(access.reason);
  const verdicts: readonly PrincipalVerdict[] = [...access.value.values()];
  const counts: Partial<Record<string, number>> = {};
  for (const verdict of verdicts) counts[wordOf(verdict)] = (counts[wordOf(verdict)] ?? 0) + 1;
  return { access: access.value, counts, milliseconds };
}

interface Adversary {
  readonly account: () => AccountSpec;
  readonly counts: Partial<Record<Verdict | `conditional: ${Verdict}`, number>>;
}

const SIZE = volume({ usual: 1_000, full: 5_000 });
/** For what is asked of each about each. */
const FEW = volume({ usual: 100, full: 300 });
const CHAIN = volume({ usual: 300, full: 1_000 });
const root = iam('root');
const role = (index: number) => iam(`role/r${index % SIZE}`);

/** Each trusts the next forty by name; the ring of all is closed. */
const listing = (index: number): readonly string[] => times(40, (step) => role(index + step + 1));

const rolesThat = (make: (index: number) => RoleSpec, admins: number): AccountSpec => ({
  roles: named('r', SIZE, (index) => (index < admins ? { ...make(index), attached: [ADMINISTRATOR] } : make(index))),
});

const usersThat = (make: (index: number) => UserSpec, more: AccountSpec = {}): AccountSpec => ({
  ...more,
  users: named('u', SIZE, make),
});

const withMfa = when('Bool', 'aws:MultiFactorAuthPresent', 'true');
const withoutMfa = when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false');
const wildcards = times(volume({ usual: 500, full: 2_000 }), (index) => allow(`*:*${index}*`, `arn:aws:*:*:*:*${index}*`));
const statements = times(volume({ usual: 2_000, full: 10_000 }), (index) => allow('iam:PutUserPolicy', iam(`user/x${index}`)));

const adversaries: Readonly<Record<string, Adversary>> = {
  'very many roles that trust the account and may assume each other, none admin': {
    account: () => rolesThat(() => ({ trust: [root], can: [allow('sts:AssumeRole')] }), 0),
    counts: { admin: 1, none: SIZE },
  },
  'very many roles that trust the account and may assume each other, one admin': {
    account: () => rolesThat(() => ({ trust: [root], can: [allow('sts:AssumeRole')] }), 1),
    counts: { admin: 2, 'can-become-admin': SIZE - 1 },
  },
  'very many roles that each list forty others, none admin': {
    account: () => rolesThat((index) => ({ trust: listing(index) }), 0),
    counts: { admin: 1, none: SIZE },
  },
  'very many roles that each list forty others, one admin': {
    account: () => rolesThat((index) => ({ trust: listing(index) }), 1),
    counts: { admin: 2, 'can-become-admin': SIZE - 1 },
  },
  'very many roles that trust everyone, none admin': {
    account: () => rolesThat(() => ({ trust: ['*'] }), 0),
    counts: { admin: 1, none: SIZE },
  },
  'very many users with iam:*': {
    account: () => usersThat(() => ({ can: [allow('iam:*')] })),
    counts: { admin: 1, 'can-become-admin': SIZE },
  },
  'very many users with iam:* and a Deny that each can remove': {
    account: () => usersThat(() => ({ can: [allow('iam:*')], attached: ['fence'] }), { policies: { fence: [deny('s3:*')] } }),
    counts: { admin: 1, 'can-become-admin': SIZE },
  },
  // Fewer: no principal certainly becomes admin, so every pair is evaluated.
  'some users with all that is conditional': {
    account: () => ({ users: named('u', FEW, () => ({ can: [allow('*', '*', withMfa)] })) }),
    counts: { admin: 1, 'conditional: admin': FEW },
  },
  // Each could join any group, and any other from there, and only with MFA.
  'some admins behind a policy that requires MFA, with a Deny that each can remove, and many groups': {
    account: () => ({
      users: named('u', FEW, () => ({ can: [allow('*'), deny('*', '*', withoutMfa)], attached: ['fence'] })),
      groups: named('g', FEW, () => ({ can: [allow('s3:*')] })),
      policies: { fence: [deny('s3:DeleteBucket')] },
    }),
    counts: { admin: 1, 'conditional: can-become-admin': FEW },
  },
  'a policy of very many wildcards, held by 100 users': {
    account: () => ({
      users: named('u', 100, () => ({ attached: ['wild'] })),
      roles: { admin: { attached: [ADMINISTRATOR], trust: ['lambda.amazonaws.com'] } },
      policies: { wild: wildcards },
    }),
    counts: { admin: 2, none: 100 },
  },
  'a policy of very many statements, held by 100 users': {
    account: () => ({ users: named('u', 100, () => ({ attached: ['long'] })), policies: { long: statements } }),
    counts: { admin: 1, none: 100 },
  },
  'some helpdesk users that may attach policies to any of very many users': {
    account: () => ({
      users: {
        ...named('u', SIZE, () => ({})),
        ...named('h', FEW, () => ({ groups: ['helpdesk'] })),
      },
      groups: { helpdesk: { can: [allow('iam:AttachUserPolicy', iam('user/*'))] } },
    }),
    counts: { admin: 1, 'can-become-admin': FEW, none: SIZE },
  },
  'some helpdesk users that may do so to all others, and give them passwords': {
    account: () => ({
      users: {
        ...named('u', SIZE, () => ({ path: '/staff/' })),
        ...named('h', FEW, () => ({ groups: ['helpdesk'] })),
      },
      groups: { helpdesk: { can: [allow(['iam:AttachUserPolicy', 'iam:CreateLoginProfile'], iam('user/staff/*'))] } },
    }),
    counts: { admin: 1, 'can-become-admin': FEW, none: SIZE },
  },
  'some helpdesk users that may only attach policies to all others': {
    account: () => ({
      users: {
        ...named('u', SIZE, () => ({ path: '/staff/' })),
        ...named('h', FEW, () => ({ groups: ['helpdesk'] })),
      },
      groups: { helpdesk: { can: [allow('iam:AttachUserPolicy', iam('user/staff/*'))] } },
    }),
    counts: { admin: 1, 'can-grant-admin': FEW, none: SIZE },
  },
  'a long chain of roles to an admin': {
    account: () => ({
      roles: {
        ...named('r', CHAIN, (index) => ({ trust: [role(index + 1)] })),
        r0: { trust: [role(1)], attached: [ADMINISTRATOR] },
      },
    }),
    counts: { admin: 2, 'can-become-admin': CHAIN - 1 },
  },
};

test.each(Object.entries(adversaries))(
  '%s',
  (name, { account, counts }) => {
    const measured = measure(account());
    process.stdout.write(`${measured.milliseconds.toFixed(0).padStart(7)} ms  ${name}: ${JSON.stringify(measured.counts)}\n`);
    expect(measured.counts).toMatchObject(counts);
    expect(measured.milliseconds).toBeLessThan(MOST_MILLISECONDS);
  },
  120_000,
);
