import check from '../../lambda/scanner/checks/assume-root-reachable.ts';
import type { OrgWideServiceAccess } from '../../lambda/scanner/model/reach.ts';
import { ACCOUNT, aContext, emptyAccount } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const organization = {
  ...{ id: 'o-exampleorgid', managementAccountId: ACCOUNT, trustedServices: ['iam.amazonaws.com'], administers: [] },
};
const delegated = { ...organization, managementAccountId: '999988887777', administers: ['iam.amazonaws.com'] };
const { trustedServices: _, ...unseenTrust } = organization;
const { administers: __, ...unseenDelegation } = delegated;
const { trustedServices: ___, ...notLookedAt } = unseenDelegation;
const { trustedServices: ____, ...delegatedUnseenTrust } = delegated;
const ANN = `arn:aws:iam::${ACCOUNT}:user/ann`;
const OPS = `arn:aws:iam::${ACCOUNT}:role/ops`;
const power = (rule: string, from?: string): OrgWideServiceAccess => ({
  ...(from === undefined ? {} : { from }),
  step: {
    rule,
    title: '',
    aliases: [],
    actions: ['sts:AssumeRoot'],
    from: from ?? '',
    to: 'every member account',
    statements: [],
  },
  conditions: [],
});
const given = (...centralPowers: readonly OrgWideServiceAccess[]) => ({ organization, centralPowers });

describeCheck(check, {
  passes: {
    'no principal': given(),
    'a principal that would turn it on first': given({ ...power('assume-root', ANN), isOff: true }),
    'another power': given(power('assign-permission-set-in-members', ANN)),
    'a member that administers nothing': { organization: { ...delegated, administers: [] }, centralPowers: [] },
    'a member that administers nothing, whatever has trusted access': {
      organization: { ...delegatedUnseenTrust, administers: ['sso.amazonaws.com'] },
      centralPowers: [],
    },
    'no principal of a delegated administrator': { organization: delegated, centralPowers: [] },
  },
  fails: {
    'every admin of the management account, which only turning off central root access prevents': {
      given: given(power('assume-root')),
      says: new RegExp(`^Every admin of account ${ACCOUNT} can call sts:AssumeRoot on every member account$`, 'm'),
      severity: 'MEDIUM',
    },
    'every admin of a delegated administrator': {
      given: { organization: delegated, centralPowers: [power('assume-root')] },
      says: 'Every admin',
      severity: 'HIGH',
    },
    'a principal that is not an admin': {
      given: given(power('assume-root', ANN)),
      says: `Account ${ACCOUNT} has 1 principal that can call sts:AssumeRoot on every member account\nNot approved: ${ANN}.`,
      severity: 'HIGH',
    },
    'a principal that is limited to one account': {
      given: given({ ...power('assume-root', ANN), members: ['222233334444'] }),
      says: `Account ${ACCOUNT} has 1 principal that can call sts:AssumeRoot on account 222233334444\nNot approved: ${ANN}.`,
      severity: 'HIGH',
    },
    'a principal that is limited to one account, beside an approved one that is not': {
      given: given(power('assume-root', OPS), { ...power('assume-root', ANN), members: ['222233334444'] }),
      params: { allowed: [OPS] },
      says: `Account ${ACCOUNT} has 1 principal that can call sts:AssumeRoot on account 222233334444\nNot approved: ${ANN}.`,
      severity: 'HIGH',
    },
    'both, with the principals': {
      given: given(power('assume-root'), power('assume-root', ANN), power('assume-root', OPS)),
      says: `Every admin and 2 other principals of account ${ACCOUNT} can call sts:AssumeRoot on every member account\nNot approved: ${ANN} and ${OPS}.`,
    },
    'a principal next to an approved one': {
      given: given(power('assume-root', ANN), power('assume-root', OPS)),
      params: { allowed: [OPS] },
      says: `Account ${ACCOUNT} has 1 principal that`,
    },
  },
  unknowns: {
    'the services with trusted access could not be collected by a delegated administrator': {
      given: { organization: delegatedUnseenTrust, centralPowers: [] },
      says: 'the services with trusted access, and the services that this account administers, could not be collected',
    },
    'the services with trusted access could not be collected': {
      given: { organization: unseenTrust, centralPowers: [] },
      says: 'the services with trusted access, and the services that this account administers, could not be collected',
    },
    'the services that the account administers could not be collected': {
      given: { organization: unseenDelegation, centralPowers: [] },
      says: 'the services with trusted access, and the services that this account administers, could not be collected',
    },
  },
  ignores: {
    'an account whose organization was not examined': { organization: notLookedAt, centralPowers: [] },
    'an account in no organization': { organization: undefined, centralPowers: [] },
  },
});

const withFeatures = (...rootFeatures: readonly string[]) => ({ ids: new Set([ACCOUNT]), complete: true, rootFeatures });

// AWS: the tasks that give root a password or delete its credentials need RootCredentialsManagement; RootSessions is for the
// tasks that unlock S3 buckets and SQS queues.
describeCheck(check, {
  own: withFeatures('RootSessions'),
  passes: { 'only buckets and queues can be unlocked': given(power('assume-root', ANN)) },
  fails: {},
});

describeCheck(check, {
  own: withFeatures('RootCredentialsManagement'),
  passes: { 'no principal': given() },
  fails: {
    'root can be given a password': {
      given: given(power('assume-root', ANN)),
      says: `has 1 principal that can call sts:AssumeRoot`,
    },
  },
});

describeCheck(check, {
  own: withFeatures(),
  passes: { 'central root access is turned off': given(power('assume-root', ANN)) },
  fails: {},
});

test('the next step names the statements to remove, and a complete command', () => {
  const { step, ...ofAnn } = power('assume-root', ANN);
  const statements = [
    { policy: 'inline:root', index: 0, sid: 'Root' },
    { policy: `arn:aws:iam::${ACCOUNT}:policy/ops`, group: 'admins', index: 1 },
  ];
  const facts = { ...emptyAccount, ...given({ ...ofAnn, step: { ...step, statements } }, power('assume-root', OPS)) };
  const steps = [...check.run(facts, aContext({ params: { allowed: [OPS] } }))].map(({ remediation }) => remediation());
  expect(steps).toEqual([
    `Remove sts:AssumeRoot from ${ANN} (allowed by statement 1 (Sid Root) of inline policy root, statement 2 of policy arn:aws:iam::${ACCOUNT}:policy/ops of group admins): edit or detach the policy, or deny the action. If a principal needs it, add its ARN to checks.assume-root-reachable.allowed in the configuration. Delegate root access to a dedicated account with few administrators: aws iam enable-organizations-root-credentials-management && aws organizations register-delegated-administrator --account-id ACCOUNT_ID --service-principal iam.amazonaws.com. In that account, deny sts:AssumeRoot to all principals except one role.`,
  ]);
});
