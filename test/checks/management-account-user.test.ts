import check from '../../lambda/scanner/checks/management-account-user.ts';
import { ACCOUNT, aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const managed = (managementAccountId: string) => ({ organization: { id: 'o-exampleorgid', managementAccountId } });
const here = managed(ACCOUNT);
const withUsers = (...users: readonly ReturnType<typeof aUser>[]) => ({ ...here, identities: identities({ users }) });

describeCheck(check, {
  passes: { 'a break-glass user': withUsers(aUser('break-glass', { tags: new Map([['break-glass', 'true']]) })) },
  fails: {
    'a user, with or without keys': {
      given: withUsers(aUser('ann')),
      says: /^IAM user ann exists in the management account, where SCPs do not apply$/m,
      on: 'ann',
      severity: 'HIGH',
    },
    'a user next to an approved one': {
      given: withUsers(aUser('ann'), aUser('billing-export')),
      params: { allowed: ['billing-export'] },
      says: 'IAM user ann exists',
    },
    'a name that only a pattern would match': {
      given: withUsers(aUser('ann')),
      params: { allowed: ['*'] },
      says: 'IAM user ann exists',
    },
  },
  ignores: {
    'a member account': { ...managed('999988887777'), identities: identities({ users: [aUser('ann')] }) },
    'an account in no organization': { organization: undefined, identities: identities({ users: [aUser('ann')] }) },
    'a management account without users': here,
  },
});
