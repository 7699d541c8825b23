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
  const says = 'User ann may deactivate its own MFA device';

  describeCheck(check, {
    partition,
    ignores: {
      'a user without a device': { ...holder(allow('*')), mfaDevices: seen({ ann: [] }) },
      'a user who cannot sign in': { ...holder(allow('*')), credentialReport: aReport(aRow('ann', { mfaActive: true })) },
    },
    passes: {
      'a user who may nothing': holder(),
      'a user who may remove the devices of others only': holder(
        allow('iam:DeactivateMFADevice', { Resource: `${iam}:user/bob` }),
      ),
      'everything, but with MFA: Deny with BoolIfExists': holder(allow('*'), denyWithoutMfa('BoolIfExists')),
      'the same under another Sid (peers know it by its Sid)': holder(allow('*'), {
        ...denyWithoutMfa('BoolIfExists'),
        Sid: 'AllowIndividualUserToManageTheirMFA',
      }),
      'only with MFA: Allow with Bool': holder(
        allow('iam:DeactivateMFADevice', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      ),
      'only with fresh MFA': holder(
        allow('iam:DeactivateMFADevice', { Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } }),
      ),
      'enrolment without MFA, which removes nothing': holder(allow(['iam:EnableMFADevice', 'iam:DeleteVirtualMFADevice'])),
      'only from some addresses': holder(
        allow('iam:DeactivateMFADevice', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
      ),
      'one whose policy does not allow it, though its devices could not be seen': user(),
    },
    fails: {
      'its own device': {
        given: holder(allow('iam:DeactivateMFADevice', { Resource: own })),
        says: /^User ann may deactivate its own MFA device in a session without MFA\.$/,
        on: 'ann',
        severity: 'HIGH',
      },
      'its own device, under the Sid of the policy that forbids it (peers know it by its Sid)': {
        given: holder({ ...allow('iam:*'), Sid: 'DenyAllExceptListedIfNoMFA' }),
        says,
      },
      'and enrol another': { given: holder(allow('iam:*MFADevice')), says: 'its own MFA device and put another in its place' },
      'Deny with Bool, which does not stop access keys': { given: holder(allow('*'), denyWithoutMfa('Bool')), says },
      'Deny with StringEquals, neither': { given: holder(allow('*'), denyWithoutMfa('StringEquals')), says },
      'Deny with Null, which a session that says false passes': {
        given: holder(allow('*'), {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { Null: { 'aws:MultiFactorAuthPresent': 'true' } },
        }),
        says,
      },
      'a Deny that leaves removal out': {
        given: holder(
          allow('*'),
          denyWithoutMfa('BoolIfExists', { NotAction: ['iam:EnableMFADevice', 'iam:DeactivateMFADevice'] }),
        ),
        says,
      },
      'Allow if MFA or not known': {
        given: holder(
          allow('iam:DeactivateMFADevice', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } } }),
        ),
        says,
      },
      'a user without access key, who has no such session yet': {
        given: { ...holder(allow('*')), credentialReport: aReport(aRow('ann', { passwordEnabled: true, mfaActive: true })) },
        says: 'in a session without MFA; it has no access key, which such a session takes.',
        severity: 'LOW',
      },
      'a user with an access key alone': {
        given: {
          ...holder(allow('*')),
          credentialReport: aReport(aRow('ann', { mfaActive: true, keys: [aReportedKey(), aReportedKey({ active: false })] })),
        },
        says,
      },
    },
    unknowns: {
      'one who may, whose devices were not listed': { given: user(allow('*')), says: 'its MFA devices were not listed' },
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
