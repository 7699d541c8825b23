import check from '../../lambda/scanner/checks/mfa-removable-without-mfa.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT, aReport, aReportedKey, aRow, aUser, identities, partitions, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

describe.each(partitions)('in partition %s', (partition) => {
  const iam = `arn:${partition}:iam::${ACCOUNT}`;
  const own = `${iam}:user/\${aws:username}`;
  const user = (...statements: readonly Json[]) => ({
    identities: identities({
      users: [
        aUser('ann', {
          arn: `${iam}:user/ann`,
          inlinePolicies: [{ name: 'own', document: { Version: '2012-10-17', Statement: statements } }],
        }),
      ],
    }),
    credentialReport: aReport(aRow('ann', { passwordEnabled: true, mfaActive: true, keys: [aReportedKey(), aReportedKey()] })),
  });
  const holder = (...statements: readonly Json[]) => ({ ...user(...statements), mfaDevices: seen({ ann: ['GAHT12345678'] }) });
  const allow = (action: Json, more: Readonly<Record<string, Json>> = {}) => ({
    Effect: 'Allow',
    Action: action,
    Resource: '*',
    ...more,
  });
  const denyWithoutMfa = (operator: string, more: Readonly<Record<string, Json>> = { NotAction: ['iam:EnableMFADevice'] }) => ({
    Sid: 'DenyAllExceptListedIfNoMFA',
    Effect: 'Deny',
    Resource: '*',
    Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
    ...more,
  });
  const says = /^IAM user ann can deactivate (?:and replace )?its own MFA device without MFA\n/;

  describeCheck(check, {
    partition,
    ignores: {
      'a user without a device': { ...holder(allow('*')), mfaDevices: seen({ ann: [] }) },
      'a user who cannot sign in': { ...holder(allow('*')), credentialReport: aReport(aRow('ann', { mfaActive: true })) },
    },
    passes: {
      'a user without permissions': holder(),
      'a user who can deactivate only the devices of others': holder(
        allow('iam:DeactivateMFADevice', { Resource: `${iam}:user/bob` }),
      ),
      'every action, but only with MFA: Deny with BoolIfExists': holder(allow('*'), denyWithoutMfa('BoolIfExists')),
      'the same under another Sid (other tools recognize the Sid)': holder(allow('*'), {
        ...denyWithoutMfa('BoolIfExists'),
        Sid: 'AllowIndividualUserToManageTheirMFA',
      }),
      'only with MFA: Allow with Bool': holder(
        allow('iam:DeactivateMFADevice', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      ),
      'only with recent MFA': holder(
        allow('iam:DeactivateMFADevice', { Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } }),
      ),
      'enrollment without MFA, which deactivates nothing': holder(allow(['iam:EnableMFADevice', 'iam:DeleteVirtualMFADevice'])),
      'only from some source IP addresses': holder(
        allow('iam:DeactivateMFADevice', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
      ),
      'a user whose policy does not allow it, and whose devices are not known': user(),
    },
    fails: {
      'its own device': {
        given: holder(allow('iam:DeactivateMFADevice', { Resource: own })),
        says: /^IAM user ann can deactivate its own MFA device without MFA\nA stolen access key works without MFA\. /,
        on: 'ann',
        severity: 'HIGH',
      },
      'its own device, under the Sid of the policy that denies it (other tools recognize the Sid)': {
        given: holder({ ...allow('iam:*'), Sid: 'DenyAllExceptListedIfNoMFA' }),
        says,
      },
      'its own device, and it can enroll another one': {
        given: holder(allow('iam:*MFADevice')),
        says: 'IAM user ann can deactivate and replace its own MFA device without MFA\n',
      },
      'Deny with Bool, which does not apply to access keys': { given: holder(allow('*'), denyWithoutMfa('Bool')), says },
      'Deny with StringEquals, which does not apply to them either': {
        given: holder(allow('*'), denyWithoutMfa('StringEquals')),
        says,
      },
      'Deny with Null, which does not apply to a session with the value false': {
        given: holder(allow('*'), {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { Null: { 'aws:MultiFactorAuthPresent': 'true' } },
        }),
        says,
      },
      'a Deny that excludes deactivation': {
        given: holder(
          allow('*'),
          denyWithoutMfa('BoolIfExists', { NotAction: ['iam:EnableMFADevice', 'iam:DeactivateMFADevice'] }),
        ),
        says,
      },
      'Allow with BoolIfExists': {
        given: holder(
          allow('iam:DeactivateMFADevice', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } } }),
        ),
        says,
      },
      'a user without an access key, who cannot open such a session now': {
        given: { ...holder(allow('*')), credentialReport: aReport(aRow('ann', { passwordEnabled: true, mfaActive: true })) },
        says: 'its own MFA device without MFA\nThis needs an access key, and the user has no active one now.',
        severity: 'LOW',
      },
      'a user with an access key and no password': {
        given: {
          ...holder(allow('*')),
          credentialReport: aReport(aRow('ann', { mfaActive: true, keys: [aReportedKey(), aReportedKey({ active: false })] })),
        },
        says,
      },
    },
    unknowns: {
      'a user whose devices were not listed': { given: user(allow('*')), says: 'its MFA devices were not listed' },
      'a policy that cannot be read': {
        given: {
          ...holder(allow('*')),
          identities: identities({
            users: [aUser('ann', { attachedPolicies: [{ name: 'mfa', arn: `${iam}:policy/mfa` }] })],
          }),
        },
        says: 'policy/mfa could not be read',
      },
    },
  });
});
