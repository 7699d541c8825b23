import { DAY } from '../../lambda/scanner/model/instant.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { ACCOUNT, NOW, aRole, aUser, attached, daysAgo, emptyAccount, identities } from '../support/builders.ts';
import { adminPolicy, allow, config, line, snapshotOf, trust } from './nights.ts';

const [FIRST, SECOND] = ['222233334444', '333344445555'] as const;
/** Not among the accounts. */
const ELSEWHERE = '999900001111';
const ANN = `arn:aws:iam::${ACCOUNT}:user/ann`;
const ops = (account: string) => `arn:aws:iam::${account}:role/ops`;

/** The account of user ann, who may assume the role ops of every account. */
const home = (...users: readonly ReturnType<typeof aUser>[]): Snapshot =>
  snapshotOf({ ...emptyAccount, identities: identities({ users }) }, NOW);
const mayAssume = { inlinePolicies: [{ name: 'assume', document: allow('sts:AssumeRole', 'arn:aws:iam::*:role/ops') }] };
const ann = aUser('ann', mayAssume);

/** An account whose admin role trusts these principals. */
const other = (account: string, ...trusted: readonly string[]): Snapshot => ({
  ...snapshotOf(
    {
      ...emptyAccount,
      identities: identities({
        roles: [
          aRole('ops', {
            ...attached(adminPolicy),
            arn: ops(account),
            trustPolicy: trust({ AWS: [ELSEWHERE, ...trusted] }),
          }),
        ],
        policies: [adminPolicy],
      }),
    },
    NOW,
  ),
  accountId: account,
});
const between = (before: readonly Snapshot[], after: readonly Snapshot[]) =>
  scan(after, {
    ...{ checks: [], config, now: NOW, version: '0.0.0' },
    baseline: before.map((snapshot) => ({ ...snapshot, takenAt: snapshot.takenAt - DAY })),
  }).changes.filter(({ account }) => account === ACCOUNT);

type Case = readonly [name: string, before: readonly Snapshot[], after: readonly Snapshot[], told: readonly string[]];

test.each<Case>([
  [
    'the role of another account trusts it',
    [home(ann), other(FIRST)],
    [home(ann), other(FIRST, ANN)],
    ['HIGH access-gained: IAM user ann now reaches administrator access in another account'],
  ],
  [
    'the roles of two other accounts trust it',
    [home(ann), other(FIRST), other(SECOND)],
    [home(ann), other(FIRST, ANN), other(SECOND, ANN)],
    ['HIGH access-gained: IAM user ann now reaches administrator access in 2 other accounts'],
  ],
  [
    'it is new',
    [home(), other(FIRST, ACCOUNT)],
    [home({ ...ann, createdAt: daysAgo(0.5) }), other(FIRST, ACCOUNT)],
    [
      'HIGH access-gained: IAM user ann is new and reaches administrator access in another account',
      'INFORMATIONAL identity-added: IAM user ann is new',
    ],
  ],
  [
    'the role no longer trusts it',
    [home(ann), other(FIRST, ANN)],
    [home(ann), other(FIRST)],
    ['INFORMATIONAL access-lost: IAM user ann has less administrator access'],
  ],
  ['the other account was not scanned before', [home(ann)], [home(ann), other(FIRST, ANN)], []],
])('tells that a user reaches another account: %s', (_name, before, after, told) => {
  expect(between(before, after).map(line)).toEqual(told);
});

test('names the accounts that it did not reach before, and the path', () => {
  const [change] = between([home(ann), other(FIRST, ANN), other(SECOND)], [home(ann), other(FIRST, ANN), other(SECOND, ANN)]);
  expect(change?.message).toBe(`Before: none. Other accounts: ${SECOND}.`);
  expect(change?.evidence).toMatchObject({ before: 'none', after: 'none', accounts: [SECOND] } satisfies Record<string, Json>);
});
