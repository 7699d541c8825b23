import check from '../../lambda/scanner/checks/cloudshell-full-access.ts';
import { policyOf } from '../policy/support.ts';
import { aGroup, aPolicy, aUser, attached, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { granting, grantingInline } from '../check-support/policies/granting.ts';

const full = aPolicy('AWSCloudShellFullAccess', policyOf({ Action: 'cloudshell:*' }), {
  arn: 'arn:aws:iam::aws:policy/AWSCloudShellFullAccess',
});
const transfers = ['cloudshell:GetFileDownloadUrls', 'cloudshell:GetFileUploadUrls'];

describeCheck(check, {
  passes: {
    'CloudShell without the transfer of files': granting({
      Action: ['cloudshell:CreateEnvironment', 'cloudshell:CreateSession', 'cloudshell:StartEnvironment'],
    }),
    'uploads alone': granting({ Action: 'cloudshell:GetFileUploadUrls' }),
    'all of it, and a Deny of downloads': granting(
      { Action: 'cloudshell:*' },
      { Effect: 'Deny', Action: 'cloudshell:GetFileDownloadUrls' },
    ),
    'what allows everything, which is reported as that': granting({}),
    'a policy that names other services': granting({ NotAction: 'iam:*' }),
  },
  fails: {
    'the policy of AWS, attached to a group': {
      given: {
        identities: identities({
          policies: [full],
          groups: [aGroup('dev', attached(full))],
          users: [aUser('ann', { groups: ['dev'] })],
        }),
      },
      says: 'IAM policy AWSCloudShellFullAccess allows full access to AWS CloudShell\nAttached to group dev.',
      severity: 'MEDIUM',
    },
    'a policy like it': {
      given: grantingInline({ Action: 'cloudshell:*' }),
      says: 'Inline policy broad of role app allows full',
    },
    'both directions by name': { given: granting({ Action: transfers }), says: 'full access to AWS CloudShell' },
    'a wildcard within the service': { given: granting({ Action: 'cloudshell:Get*' }), says: 'full access' },
  },
  unknowns: {
    'a policy that cannot be read': {
      given: { identities: identities({ groups: [aGroup('dev', { inlinePolicies: [{ name: 'p', document: 'x' }] })] }) },
      says: 'cannot be read',
    },
  },
});
