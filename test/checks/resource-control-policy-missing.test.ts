import check from '../../lambda/scanner/checks/resource-control-policy-missing.ts';
import { describeCheck } from '../support/check-tester.ts';
import { ROOT } from '../support/organization.ts';
import { ofOrganization, withParts } from '../support/organization-given.ts';

const A = '222233334444';
const accounts = { [A]: ['ou-ab12-work'] };
const content = [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }];

describeCheck(check, {
  passes: { 'a policy at the root': ofOrganization({ accounts, rcps: { perimeter: [content, ROOT] } }) },
  fails: {
    'an account below RCPFullAWSAccess alone': {
      given: ofOrganization({ accounts }),
      says: `No resource control policy but RCPFullAWSAccess is over organizational unit ou-ab12-work (account ${A}).`,
    },
    'a service control policy, which is another thing': {
      given: ofOrganization({ accounts, scps: { guard: [content, ROOT] } }),
      says: A,
    },
  },
  ignores: { 'an Organization of the management account alone': ofOrganization({}) },
  unknowns: {
    'policies that could not be listed': { given: withParts({ Policies: undefined }), says: 'Policies: access was denied' },
  },
});
