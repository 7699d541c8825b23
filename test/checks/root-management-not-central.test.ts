import check from '../../lambda/scanner/checks/root-management-not-central.ts';
import { ACCOUNT } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const management = { organization: { id: 'o-exampleorg', managementAccountId: ACCOUNT } };
const member = { organization: { id: 'o-exampleorg', managementAccountId: '999988887777' } };
const says = `Organization o-exampleorg (account ${ACCOUNT}) does not manage member root credentials centrally\nWithout it, `;

describeCheck(check, {
  passes: {
    'the management account, with the feature enabled': { ...management, rootFeatures: ['RootCredentialsManagement'] },
    'the delegated administrator, with both features enabled': {
      ...member,
      rootFeatures: ['RootSessions', 'RootCredentialsManagement'],
    },
  },
  fails: {
    'no feature is enabled': { given: { ...management, rootFeatures: [] }, says, on: ACCOUNT, severity: 'HIGH' },
    'only the other feature is enabled': { given: { ...management, rootFeatures: ['RootSessions'] }, says },
    'the delegated administrator sees that it is not enabled': { given: { ...member, rootFeatures: [] }, says },
    'the management account gets no list, because IAM has no trusted access in the organization': {
      given: { ...management, rootFeatures: undefined },
      says,
    },
  },
  ignores: {
    'a member account, which is not allowed to list the features': { ...member, rootFeatures: undefined },
    'an account outside any organization': { organization: undefined, rootFeatures: undefined },
    'an account outside any organization that got an answer': { organization: undefined, rootFeatures: [] },
  },
});
