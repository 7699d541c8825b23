import check from '../../lambda/scanner/checks/account-outside-organization.ts';
import { ACCOUNT } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const organization = { id: 'o-exampleorgid', managementAccountId: '999988887777' };

describeCheck(check, {
  passes: {
    'a member account': { organization },
    'the management account itself': { organization: { ...organization, managementAccountId: ACCOUNT } },
  },
  fails: {
    'a standalone account': {
      given: { organization: undefined },
      says: `Account ${ACCOUNT} is not part of an AWS organization\n`,
      severity: 'MEDIUM',
    },
  },
});
