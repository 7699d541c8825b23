import check from '../../lambda/scanner/checks/assume-root-reachable.ts';
import type { CentralPower } from '../../lambda/scanner/model/reach.ts';
import { ACCOUNT } from '../support/builders.ts';
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
const power = (rule: string, from?: string): CentralPower => ({
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
const given = (...centralPowers: readonly CentralPower[]) => ({ organization, centralPowers });

describeCheck(check, {
  passes: {
    nobody: given(),
    'another power': given(power('assign-permission-set-in-members', ANN)),
    'a member that administers nothing': { organization: { ...delegated, administers: [] }, centralPowers: [] },
    'a member that administers nothing, whatever is trusted': {
      organization: { ...delegatedUnseenTrust, administers: ['sso.amazonaws.com'] },
      centralPowers: [],
    },
    'nobody of a delegated administrator': { organization: delegated, centralPowers: [] },
  },
  fails: {
    'every admin of the management account, which cannot be otherwise but for root sessions being off': {
      given: given(power('assume-root')),
      says: `Every admin of account ${ACCOUNT} may call sts:AssumeRoot in every member account.`,
      severity: 'MEDIUM',
    },
    'every admin of a delegated administrator': {
      given: { organization: delegated, centralPowers: [power('assume-root')] },
      says: 'Every admin',
      severity: 'HIGH',
    },
    'somebody who is no admin': {
      given: given(power('assume-root', ANN)),
      says: `1 principal of account ${ACCOUNT} may call sts:AssumeRoot in every member account: ${ANN}.`,
      severity: 'HIGH',
    },
    both: {
      given: given(power('assume-root'), power('assume-root', ANN), power('assume-root', OPS)),
      says: `Every admin and 2 principals of account ${ACCOUNT}`,
    },
    'others than the one that is allowed': {
      given: given(power('assume-root', ANN), power('assume-root', OPS)),
      params: { allowed: [OPS] },
      says: `1 principal of account ${ACCOUNT}`,
    },
  },
  unknowns: {
    'which services are trusted could not be seen, by a delegated administrator': {
      given: { organization: delegatedUnseenTrust, centralPowers: [] },
      says: 'which services',
    },
    'which services are trusted could not be seen': {
      given: { organization: unseenTrust, centralPowers: [] },
      says: 'which services',
    },
    'what the account administers could not be seen': {
      given: { organization: unseenDelegation, centralPowers: [] },
      says: 'which services',
    },
  },
  ignores: {
    'an account by itself, whose Organization was not looked at': { organization: notLookedAt, centralPowers: [] },
    'an account in no Organization': { organization: undefined, centralPowers: [] },
  },
});

describeCheck(check, {
  own: { ids: new Set([ACCOUNT]), complete: true, rootFeatures: ['RootCredentialsManagement'] },
  passes: { 'root sessions are switched off': given(power('assume-root', ANN)) },
  fails: {},
});
