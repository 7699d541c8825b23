import check from '../../lambda/scanner/checks/policy-attached-to-user.ts';
import { policyOf } from '../policy/support.ts';
import { aGroup, aPolicy, aRole, aUser, attached, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const reader = aPolicy('Reader', policyOf({ Action: 's3:GetObject' }));
const lock = aPolicy('Lock', policyOf({ Effect: 'Deny' }));
const document = policyOf({ Action: 's3:PutObject' });

describeCheck(check, {
  passes: {
    'a user in a group': {
      identities: identities({
        policies: [reader],
        users: [aUser('ann', { groups: ['readers'] })],
        groups: [aGroup('readers', attached(reader))],
      }),
    },
    'a policy that only denies, which grants nothing': {
      identities: identities({ policies: [lock], users: [aUser('ann', attached(lock))] }),
    },
    'a boundary': {
      identities: identities({ policies: [reader], users: [aUser('ann', { boundaryArn: reader.arn })] }),
    },
  },
  fails: {
    'managed and inline policies, in one finding': {
      given: {
        identities: identities({
          policies: [reader, lock],
          users: [aUser('ann', { ...attached(reader, lock), inlinePolicies: [{ name: 'drop', document }] })],
        }),
      },
      says: 'IAM user ann has policies attached directly\nPolicies: Reader and drop (inline).',
      on: 'ann',
      severity: 'LOW',
    },
    'a policy that cannot be read': {
      given: { identities: identities({ users: [aUser('ann', attached(reader))] }) },
      says: 'Reader',
    },
  },
  ignores: {
    'a role': { identities: identities({ policies: [reader], roles: [aRole('app', attached(reader))] }) },
    'a user that AWS made for an API key': {
      identities: identities({ policies: [reader], users: [aUser('BedrockAPIKey-1', attached(reader))] }),
    },
  },
});
