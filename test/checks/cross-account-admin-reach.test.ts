import check from '../../lambda/scanner/checks/cross-account-admin-reach.ts';
import type { PrincipalReach, ReachPath } from '../../lambda/scanner/model/reach.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { ACCOUNT, aRole, aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const OTHER = '444455556666';
const ci = aUser('ci');
const ops = aRole('ops');
const wayTo = (account: string, arn: string, asAdmin = false): ReachPath => ({
  account,
  asAdmin,
  conditions: [],
  path: [
    {
      rule: 'assume-role',
      title: 'assume the role',
      aliases: [],
      actions: ['sts:AssumeRole'],
      from: arn,
      to: `arn:aws:iam::${account}:role/deploy`,
      statements: [{ policy: 'inline:out', index: 0 }],
    },
  ],
});

const reach = (arn: string, accounts: readonly string[], more: Partial<PrincipalReach> & { readonly asAdmin?: boolean } = {}) => {
  const others = accounts.filter((account) => account !== ACCOUNT);
  const { asAdmin, ...rest } = more;
  const entry: PrincipalReach = {
    arn,
    keys: [],
    accounts,
    ifConditions: [],
    paths: (most) => others.map((account) => wayTo(account, arn, asAdmin)).slice(0, most),
    ...rest,
  };
  return [arn, entry] as const;
};

const given = (
  verdict: Verdict,
  reaches: readonly (readonly [string, PrincipalReach])[],
  ofOps: Verdict = 'admin',
  platform = false,
) => ({
  identities: identities({ users: [ci], roles: [ops] }),
  access: accessOf(aVerdict(ci.arn, verdict), aVerdict(ops.arn, ofOps, { platform })),
  crossAccountReach: new Map(reaches),
});

describeCheck(check, {
  passes: {
    'somebody who is admin of one other account and not of its own': given('none', [reach(ci.arn, [OTHER])]),
    'an admin who gets nowhere else': given('admin', []),
    'an identity for emergencies': {
      ...given('none', [reach(ci.arn, [ACCOUNT, OTHER])]),
      identities: identities({ users: [aUser('ci', { tags: new Map([['break-glass', 'true']]) })] }),
    },
    'somebody who is admin of others under conditions': given('none', [reach(ci.arn, [], { ifConditions: [OTHER] })]),
  },
  fails: {
    'one who becomes admin here and in another account, with the way there': {
      given: given('can-become-admin', [reach(ci.arn, [ACCOUNT, OTHER])]),
      says: `User ci is or becomes admin of 2 accounts, its own and ${OTHER}. To account ${OTHER}: sts:AssumeRole role/deploy.`,
      on: 'ci',
      severity: 'HIGH',
    },
    'somebody who is admin of two others': {
      given: given('none', [reach(ci.arn, [OTHER, '555566667777'])]),
      says: `User ci is or becomes admin of 2 other accounts: ${OTHER} and 555566667777.`,
    },
    'somebody whose way there is not known': {
      given: given('none', [reach(ci.arn, [ACCOUNT, OTHER], { paths: () => [] })]),
      says: /its own and 444455556666\.$/,
    },
    'somebody who is admin of one other, where none is wanted': {
      given: given('none', [reach(ci.arn, [OTHER])]),
      params: { maxAccounts: 0 },
      says: `admin of 1 other account: ${OTHER}.`,
    },
    'what every admin of the account can do, once for all': {
      given: given('can-become-admin', [
        reach(ci.arn, [ACCOUNT, OTHER], { asAdmin: true }),
        reach(ops.arn, [ACCOUNT, OTHER], { asAdmin: true }),
      ]),
      says: `Every admin of account ${ACCOUNT} (2 users and roles) is or becomes admin of 2 accounts`,
      on: ACCOUNT,
      severity: 'HIGH',
    },
    'the same of the management account, whose nature it is': {
      given: {
        ...given('admin', [reach(ci.arn, [ACCOUNT, OTHER], { asAdmin: true })]),
        organization: { id: 'o-example', managementAccountId: ACCOUNT },
      },
      says: 'Every admin of account',
      severity: 'MEDIUM',
    },
    'a role of the landing zone, ranked low': {
      given: given('none', [reach(ops.arn, [ACCOUNT, OTHER])], 'none', true),
      says: 'Role ops is or becomes admin of 2 accounts',
      severity: 'LOW',
    },
  },
  ignores: {
    'an account that was looked at by itself': { ...given('admin', []), crossAccountReach: undefined },
  },
});
