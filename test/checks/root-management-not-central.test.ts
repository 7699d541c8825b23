import check from '../../lambda/scanner/checks/root-management-not-central.ts';
import { ACCOUNT } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const management = { organization: { id: 'o-exampleorg', managementAccountId: ACCOUNT } };
const member = { organization: { id: 'o-exampleorg', managementAccountId: '999988887777' } };
const says = 'Organization o-exampleorg does not manage the root credentials';

describeCheck(check, {
  passes: {
    'the management account, with the feature on': { ...management, rootFeatures: ['RootCredentialsManagement'] },
    'the delegated administrator, with both features on': {
      ...member,
      rootFeatures: ['RootSessions', 'RootCredentialsManagement'],
    },
  },
  fails: {
    'no feature is on': { given: { ...management, rootFeatures: [] }, says, on: ACCOUNT, severity: 'HIGH' },
    'only the other feature is on': { given: { ...management, rootFeatures: ['RootSessions'] }, says },
    'the delegated administrator sees that it is off': { given: { ...member, rootFeatures: [] }, says },
    'the management account gets no list, since IAM is not trusted in the Organization': {
      given: { ...management, rootFeatures: undefined },
      says,
    },
  },
  ignores: {
    'a member, which may not ask': { ...member, rootFeatures: undefined },
    'an account in no Organization': { organization: undefined, rootFeatures: undefined },
    'an account in no Organization that got an answer all the same': { organization: undefined, rootFeatures: [] },
  },
});
