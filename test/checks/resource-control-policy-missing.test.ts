import check from '../../lambda/scanner/checks/resource-control-policy-missing.ts';
import { ACCOUNT } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { ROOT } from '../support/organization.ts';
import { ofOrganization, withParts } from '../support/organization-given.ts';

const A = '222233334444';
const accounts = { [A]: ['ou-ab12-workunit'] };
const content = [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }];

describeCheck(check, {
  passes: { 'a policy at the root': ofOrganization({ accounts, rcps: { perimeter: [content, ROOT] } }) },
  fails: {
    'an account with only RCPFullAWSAccess': {
      given: ofOrganization({ accounts }),
      says: `Only RCPFullAWSAccess applies to organizational unit ou-ab12-workunit (organization of ${ACCOUNT})\nNo other RCP restricts access to the resources of account ${A}.`,
    },
    'an SCP, which does not count': {
      given: ofOrganization({ accounts, scps: { guard: [content, ROOT] } }),
      says: A,
    },
  },
  ignores: { 'an organization with only a management account': ofOrganization({}) },
  unknowns: {
    'accounts that could not be listed': { given: withParts({ Accounts: undefined }), says: 'Accounts: access was denied' },
    'policies that could not be listed': { given: withParts({ Policies: undefined }), says: 'Policies: access was denied' },
  },
});
