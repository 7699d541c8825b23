import check from '../../lambda/scanner/checks/mfa-removable-without-mfa.ts';
import type { CredentialReportRow } from '../../lambda/scanner/facts/credential-report.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT, aReport, aReportedKey, aRole, aRow, aUser, identities, partitions, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

describe.each(partitions)('in partition %s', (partition) => {
  const iam = `arn:${partition}:iam::${ACCOUNT}`;
  const own = `${iam}:user/\${aws:username}`;
  const withKey = { passwordEnabled: true, mfaActive: true, keys: [aReportedKey(), aReportedKey()] } as const;
  const inline = (statements: readonly Json[]) => [{ name: 'own', document: { Version: '2012-10-17', Statement: statements } }];
  // Ann has the statements. Bob and Eve cannot sign in, so that they are not judged.
  const reportOf = (row: Partial<CredentialReportRow>) =>
    aReport(aRow('ann', row), aRow('bob', { mfaActive: true }), aRow('eve'));
  const account = (statements: readonly Json[], row: Partial<CredentialReportRow> = withKey) => ({
    identities: identities({
      users: ['ann', 'bob', 'eve'].map((name) =>
        aUser(name, { arn: `${iam}:user/${name}`, inlinePolicies: name === 'ann' ? inline(statements) : [] }),
      ),
    }),
    credentialReport: reportOf(row),
  });
  /** Ann and Bob have a device each. */
  const holder = (...statements: readonly Json[]) => ({
    ...account(statements),
    mfaDevices: seen({ ann: ['GAHT12345678'], bob: ['GAHT87654321'] }),
  });
  /** Ann has no device. */
  const without = (...statements: readonly Json[]) => ({
    ...account(statements, { ...withKey, mfaActive: false }),
    mfaDevices: seen({ ann: [], bob: ['GAHT87654321'] }),
  });
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
  const says = 'IAM user ann can deactivate the MFA devices of other users without MFA\n';
  const selfEnrollment = allow('iam:EnableMFADevice', { Resource: own });
  const eveSignsIn = (given: ReturnType<typeof holder>) => ({
    ...given,
    credentialReport: aReport(aRow('ann', withKey), aRow('bob', { mfaActive: true }), aRow('eve', { passwordEnabled: true })),
  });

  /** Ann has no device, and a role with MFA trusts this principal. */
  const withRoleFor = (principal: string) => {
    const given = without(selfEnrollment);
    const trustPolicy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: principal },
          Action: 'sts:AssumeRole',
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        },
      ],
    };
    const roles = [aRole('ops', { arn: `${iam}:role/ops`, trustPolicy })];
    return { ...given, identities: { ...given.identities, roles } };
  };

  describeCheck(check, {
    partition,
    ignores: {
      'a user who cannot sign in': { ...holder(allow('*')), credentialReport: aReport(aRow('ann'), aRow('bob'), aRow('eve')) },
    },
    passes: {
      'a user without permissions': holder(),
      'its own device, which AWS does not let it deactivate without MFA': holder(
        allow('iam:DeactivateMFADevice', { Resource: own }),
      ),
      'a second device of its own, which AWS does not let it enroll without MFA': holder(
        selfEnrollment,
        denyWithoutMfa('BoolIfExists'),
      ),
      'the device of a user that has none': holder(allow('iam:DeactivateMFADevice', { Resource: `${iam}:user/eve` })),
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
      'enrollment without MFA, where no other user lacks a device': holder(
        allow(['iam:EnableMFADevice', 'iam:DeleteVirtualMFADevice']),
      ),
      'only from some source IP addresses': holder(
        allow('iam:DeactivateMFADevice', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
      ),
      'a user whose policy does not allow it, and whose devices are not known': account([]),
      'its first device, where nothing requires MFA': without(selfEnrollment),
      'its first device, where a role requires MFA that only another user can assume': withRoleFor(`${iam}:user/bob`),
    },
    fails: {
      'the device of another user': {
        given: holder(allow('iam:DeactivateMFADevice', { Resource: `${iam}:user/bob` })),
        says: /^IAM user ann can deactivate the MFA devices of other users without MFA\nUsers: bob\./,
        on: 'ann',
        severity: 'HIGH',
      },
      'the devices of other users by a pattern with a variable': {
        given: holder(allow('iam:DeactivateMFADevice', { Resource: `${iam}:user/b\${*}` }), allow('iam:DeactivateMFADevice')),
        says,
      },
      'the device of another user that only the report shows': {
        given: account([allow('iam:DeactivateMFADevice', { Resource: `${iam}:user/bob` })]),
        says,
      },
      'by NotAction and NotResource': {
        given: holder({ Effect: 'Allow', NotAction: 's3:*', NotResource: own }),
        says,
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
        given: { ...holder(allow('*')), credentialReport: reportOf({ passwordEnabled: true, mfaActive: true }) },
        says: 'without MFA\nThis needs an access key, and the user has no active one now.',
        severity: 'LOW',
      },
      'a user with an access key and no password': {
        given: {
          ...holder(allow('*')),
          credentialReport: reportOf({ mfaActive: true, keys: [aReportedKey(), aReportedKey({ active: false })] }),
        },
        says,
      },
      'the first device of another user who signs in without one': {
        given: eveSignsIn(holder(allow('iam:EnableMFADevice'))),
        says: 'IAM user ann can enroll the first MFA device of other users without MFA\nUsers: eve.',
        severity: 'MEDIUM',
      },
      'its first device, where its policies require MFA': {
        given: without(selfEnrollment, allow('*'), denyWithoutMfa('BoolIfExists')),
        says: 'IAM user ann can enroll its first MFA device without MFA\n',
        severity: 'HIGH',
      },
      'its first device, where a role requires MFA': {
        given: withRoleFor(`${iam}:user/ann`),
        says: 'IAM user ann can enroll its first MFA device without MFA\n',
      },
    },
    unknowns: {
      'another user, newer than the report, whose devices were not listed': {
        given: {
          ...account([allow('iam:DeactivateMFADevice', { Resource: `${iam}:user/new` })]),
          identities: identities({
            users: [
              aUser('ann', {
                arn: `${iam}:user/ann`,
                inlinePolicies: inline([allow('iam:DeactivateMFADevice', { Resource: `${iam}:user/new` })]),
              }),
              aUser('new', { arn: `${iam}:user/new` }),
            ],
          }),
        },
        says: 'the MFA devices of new were not listed',
      },
      'the first device of another user, newer than the report, whose devices were not listed': {
        given: {
          ...account([allow('iam:EnableMFADevice', { Resource: `${iam}:user/new` })]),
          identities: identities({
            users: [
              aUser('ann', {
                arn: `${iam}:user/ann`,
                inlinePolicies: inline([allow('iam:EnableMFADevice', { Resource: `${iam}:user/new` })]),
              }),
              aUser('new', { arn: `${iam}:user/new` }),
            ],
          }),
        },
        says: 'the MFA devices of new were not listed',
      },
      'its own devices, where the user is newer than the report': {
        given: {
          ...account([selfEnrollment, allow('s3:*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })]),
          credentialReport: aReport(aRow('bob', { mfaActive: true }), aRow('eve')),
        },
        says: 'its MFA devices were not listed',
      },
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
