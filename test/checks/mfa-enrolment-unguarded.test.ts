import check from '../../lambda/scanner/checks/mfa-enrolment-unguarded.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT, aGroup, aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const guard = (more: Readonly<Record<string, Json>> = {}): Json => guardOf({ Action: 'iam:EnableMFADevice', ...more });
const guardOf = (more: Readonly<Record<string, Json>>): Json => ({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Deny',
    Resource: '*',
    Condition: {
      StringEquals: { 'iam:RegisterSecurityKey': 'Activate' },
      StringNotEquals: { 'iam:FIDO-certification': ['L1', 'L2'] },
    },
    ...more,
  },
});
const inline = (document: Json) => ({
  identities: identities({ users: [aUser('ann')], groups: [aGroup('all', { inlinePolicies: [{ name: 'mfa', document }] })] }),
});
const arn = `arn:aws:iam::${ACCOUNT}:policy/mfa`;
const managed = (user: Parameters<typeof aUser>[1], isDefault = true) => ({
  identities: identities({
    users: [aUser('ann', user)],
    policies: [
      {
        name: 'mfa',
        id: 'ANPA1',
        arn,
        path: '/',
        attachmentCount: 0,
        boundaryUsageCount: 0,
        versions: [{ id: 'v1', isDefault, document: guard() }],
      },
    ],
  }),
});
const says = `Account ${ACCOUNT} has no policy that requires certified security keys at MFA enrollment\nThe policies in the account set no such restriction.`;

describeCheck(check, {
  ignores: { 'an account without users': {} },
  passes: {
    'a Deny without a certification': inline(guard()),
    'a Deny of all of IAM': inline(guard({ Action: 'iam:*' })),
    'an Allow with a FIPS certification': inline(
      guard({ Effect: 'Allow', Condition: { Null: { 'iam:FIDO-FIPS-140-3-certification': 'false' } } }),
    ),
    'a managed policy that is attached': managed({ attachedPolicies: [{ name: 'mfa', arn }] }),
    'a permissions boundary': managed({ boundaryArn: arn }),
  },
  fails: {
    'no policy': {
      given: { identities: identities({ users: [aUser('ann')] }) },
      says,
      on: ACCOUNT,
      severity: 'LOW',
    },
    'a condition on another action': { given: inline(guard({ Action: 'iam:ResyncMFADevice' })), says },
    'NotAction that excludes enrollment': { given: inline(guardOf({ NotAction: 'iam:EnableMFADevice' })), says },
    'another condition on enrollment': {
      given: inline(guard({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })),
      says,
    },
    'a policy that is not in use': { given: managed({}), says },
    'a version that is not the default': { given: managed({ attachedPolicies: [{ name: 'mfa', arn }] }, false), says },
    'a policy that cannot be read': { given: inline('no JSON'), says },
  },
});
