import check from '../../lambda/scanner/checks/management-account-user.ts';
import { ACCOUNT, aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const managed = (managementAccountId: string) => ({ organization: { id: 'o-exampleorgid', managementAccountId } });
const here = managed(ACCOUNT);
const withUsers = (...users: readonly ReturnType<typeof aUser>[]) => ({ ...here, identities: identities({ users }) });

describeCheck(check, {
  passes: { 'a user for emergencies': withUsers(aUser('break-glass', { tags: new Map([['break-glass', 'true']]) })) },
  fails: {
    'a user, with keys or without': {
      given: withUsers(aUser('ann')),
      says: 'User ann is a user of the management account',
      on: 'ann',
      severity: 'HIGH',
    },
    'a user beside one that is allowed': {
      given: withUsers(aUser('ann'), aUser('billing-export')),
      params: { allowed: ['billing-export'] },
      says: 'User ann',
    },
    'a name is no pattern': { given: withUsers(aUser('ann')), params: { allowed: ['*'] }, says: 'User ann' },
  },
  ignores: {
    'a member account': { ...managed('999988887777'), identities: identities({ users: [aUser('ann')] }) },
    'an account in no Organization': { organization: undefined, identities: identities({ users: [aUser('ann')] }) },
    'a management account without users': here,
  },
});
