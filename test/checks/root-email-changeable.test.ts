import check from '../../lambda/scanner/checks/root-email-changeable.ts';
import type { OrgWideServiceAccess } from '../../lambda/scanner/model/reach.ts';
import { ACCOUNT, aContext, emptyAccount } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const organization = {
  ...{ id: 'o-exampleorgid', managementAccountId: ACCOUNT, trustedServices: ['account.amazonaws.com'], administers: [] },
};
const delegated = { ...organization, managementAccountId: '999988887777', administers: ['account.amazonaws.com'] };
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
    actions: ['account:StartPrimaryEmailUpdate', 'account:AcceptPrimaryEmailUpdate'],
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
    'another power': given(power('assign-permission-set-in-members', ANN)),
    'a member that administers nothing': { organization: { ...delegated, administers: [] }, centralPowers: [] },
    'a member that administers nothing, whatever has trusted access': {
      organization: { ...delegatedUnseenTrust, administers: ['sso.amazonaws.com'] },
      centralPowers: [],
    },
    'no principal of a delegated administrator': { organization: delegated, centralPowers: [] },
  },
  fails: {
    'every admin of the management account, which only turning off trusted access prevents': {
      given: given(power('change-root-email')),
      says: new RegExp(`^Every admin of account ${ACCOUNT} can change the root email address of every member account$`, 'm'),
      severity: 'MEDIUM',
    },
    'every admin of a delegated administrator': {
      given: { organization: delegated, centralPowers: [power('change-root-email')] },
      says: 'Every admin',
      severity: 'HIGH',
    },
    'a principal that is not an admin': {
      given: given(power('change-root-email', ANN)),
      says: `Account ${ACCOUNT} has 1 principal that can change the root email address of every member account\nNot approved: ${ANN}.`,
      severity: 'HIGH',
    },
    'both, with the principals': {
      given: given(power('change-root-email'), power('change-root-email', ANN), power('change-root-email', OPS)),
      says: `Every admin and 2 other principals of account ${ACCOUNT} can change the root email address of every member account\nNot approved: ${ANN} and ${OPS}.`,
    },
    'a principal next to an approved one': {
      given: given(power('change-root-email', ANN), power('change-root-email', OPS)),
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

test('the next step names the statements to remove, and a complete command', () => {
  const { step, ...ofAnn } = power('change-root-email', ANN);
  const statements = [
    { policy: 'inline:root', index: 0, sid: 'Root' },
    { policy: `arn:aws:iam::${ACCOUNT}:policy/ops`, group: 'admins', index: 1 },
  ];
  const facts = { ...emptyAccount, ...given({ ...ofAnn, step: { ...step, statements } }, power('change-root-email', OPS)) };
  const steps = [...check.run(facts, aContext({ params: { allowed: [OPS] } }))].map(({ remediation }) => remediation());
  expect(steps).toEqual([
    `Remove account:StartPrimaryEmailUpdate from ${ANN} (allowed by statement 1 (Sid Root) of inline policy root, statement 2 of policy arn:aws:iam::${ACCOUNT}:policy/ops of group admins): edit or detach the policy, or deny the action. If a principal needs it, add its ARN to checks.root-email-changeable.allowed in the configuration. If root email addresses are not changed centrally, disable trusted access for Account Management: aws organizations disable-aws-service-access --service-principal account.amazonaws.com. Otherwise delegate it to a dedicated account with few administrators, and deny account:StartPrimaryEmailUpdate there to all principals except one role.`,
  ]);
});
