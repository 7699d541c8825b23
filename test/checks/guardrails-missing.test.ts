import check from '../../lambda/scanner/checks/guardrails-missing.ts';
import { describeCheck } from '../support/check-tester.ts';
import { ROOT } from '../support/organization.ts';
import { ofOrganization, withParts } from '../support/organization-given.ts';

const A = '222233334444';
const accounts = { [A]: ['ou-ab12-work'] };
const guard = (...targets: readonly string[]) =>
  ofOrganization({
    accounts,
    scps: { guard: [[{ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' }], ...targets] },
  });

describeCheck(check, {
  passes: { 'a policy at the root': guard(ROOT), 'one at the unit': guard('ou-ab12-work'), 'one at the account': guard(A) },
  fails: {
    'an account below FullAWSAccess alone': {
      given: ofOrganization({ accounts }),
      says: `No service control policy but FullAWSAccess is over account ${A}`,
    },
    'one whose policy is attached to another unit': { given: guard('ou-ab12-other'), says: A },
  },
  ignores: { 'an Organization of the management account alone, which no policy limits': ofOrganization({}) },
  unknowns: {
    'policies that could not be listed': { given: withParts({ Policies: undefined }), says: 'Policies: access was denied' },
  },
});
