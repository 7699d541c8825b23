import accessKeyOnServiceUser from '../../lambda/scanner/checks/access-key-on-service-user.ts';
import accessKeyPlanted from '../../lambda/scanner/checks/access-key-planted.ts';
import accessKeyUnrotated from '../../lambda/scanner/checks/access-key-unrotated.ts';
import accessKeyUnused from '../../lambda/scanner/checks/access-key-unused.ts';
import adminAccessKeyUnguarded from '../../lambda/scanner/checks/admin-access-key-unguarded.ts';
import adminMfaNotHardware from '../../lambda/scanner/checks/admin-mfa-not-hardware.ts';
import compromisedKeyQuarantine from '../../lambda/scanner/checks/compromised-key-quarantine.ts';
import consoleUserWithoutMfa from '../../lambda/scanner/checks/console-user-without-mfa.ts';
import delegatedAdministratorUnlisted from '../../lambda/scanner/checks/delegated-administrator-unlisted.ts';
import federationTokenByAdmin from '../../lambda/scanner/checks/federation-token-by-admin.ts';
import guardrailsMissing from '../../lambda/scanner/checks/guardrails-missing.ts';
import identityCenterAdminAssignment from '../../lambda/scanner/checks/identity-center-admin-assignment.ts';
import identityCenterSessionTooLong from '../../lambda/scanner/checks/identity-center-session-too-long.ts';
import mfaRemovableWithoutMfa from '../../lambda/scanner/checks/mfa-removable-without-mfa.ts';
import oidcTrustUnscoped from '../../lambda/scanner/checks/oidc-trust-unscoped.ts';
import passwordAndAccessKey from '../../lambda/scanner/checks/password-and-access-key.ts';
import passwordPolicyWeak from '../../lambda/scanner/checks/password-policy-weak.ts';
import rootCredentialsRemaining from '../../lambda/scanner/checks/root-credentials-remaining.ts';
import rootUsedRecently from '../../lambda/scanner/checks/root-used-recently.ts';
import serviceCredentialLongLived from '../../lambda/scanner/checks/service-credential-long-lived.ts';
import signingCertificateActive from '../../lambda/scanner/checks/signing-certificate-active.ts';
import smsMfaDevice from '../../lambda/scanner/checks/sms-mfa-device.ts';
import sshPublicKeyStale from '../../lambda/scanner/checks/ssh-public-key-stale.ts';
import trustedAccessUnlisted from '../../lambda/scanner/checks/trusted-access-unlisted.ts';
import twoActiveAccessKeys from '../../lambda/scanner/checks/two-active-access-keys.ts';
import type { Check } from '../../lambda/scanner/check.ts';
import type { Facts } from '../../lambda/scanner/facts/snapshot.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import {
  ACCOUNT,
  NOW,
  aContext,
  aKey,
  aReport,
  aReportedKey,
  aRole,
  aRow,
  aUser,
  adminAccess,
  daysAgo,
  emptyAccount,
  identities,
  rootRow,
  seen,
} from '../support/builders.ts';
import { ofOrganization, withParts } from '../support/organization-given.ts';
import { aTrustingRole, letting } from '../support/trust.ts';

/** The next step of each subject, in a partition. */
const nextSteps = (check: Check, given: Partial<Facts>, partition = 'aws', params = {}) => {
  const context = aContext({ partition, params: { ...check.params, ...params } });
  return [...check.run({ ...emptyAccount, ...given }, context)].map(({ remediation }) => remediation());
};

const user = (name: string, row = {}) => ({
  identities: identities({ users: [aUser(name)] }),
  credentialReport: aReport(rootRow(), aRow(name, row)),
});
const keys = (name: string) => ({
  ...user(name),
  accessKeys: seen({
    [name]: [aKey(name, 'AKIA1', { createdAt: daysAgo(400) }), aKey(name, 'AKIA2', { createdAt: daysAgo(2) })],
  }),
  accessKeyLastUsed: seen({ AKIA1: daysAgo(1), AKIA2: undefined }),
});

test('names are quoted, so that a hostile name is only an argument', () => {
  expect(nextSteps(consoleUserWithoutMfa, user("x'; rm -rf ~ #", { passwordEnabled: true })).join()).toContain(
    `aws iam delete-login-profile --user-name 'x'\\''; rm -rf ~ #'`,
  );
});

test('the key is named by its id, and only where the id is known', () => {
  expect(nextSteps(accessKeyUnused, keys('ci')).join()).toContain(
    'aws iam update-access-key --user-name ci --access-key-id AKIA1 --status Inactive',
  );
  const reported = user('ci', { keys: [aReportedKey(), aReportedKey()] });
  expect(nextSteps(accessKeyUnused, reported)[0]).toContain(
    'aws iam list-access-keys --user-name ci, then aws iam update-access-key --user-name ci --access-key-id KEY_ID --status Inactive',
  );
});

test('a second key is created only if the user has room for one', () => {
  expect(nextSteps(accessKeyUnrotated, keys('ci'))[0]).toMatch(
    /deploy the user's other key \(AKIA2\) if it is newer and yours; otherwise delete it and create a new one, .+ Then deactivate this key, .+ --access-key-id AKIA1 --status Inactive$/,
  );
  const one = { ...keys('ci'), accessKeys: seen({ ci: [aKey('ci', 'AKIA1', { createdAt: daysAgo(400) })] }) };
  expect(nextSteps(accessKeyUnrotated, one)).toEqual([
    'Replace the key with an IAM role. If that is not possible, create a second key (aws iam create-access-key --user-name ci) and deploy it. Then deactivate this key, and delete it later if nothing breaks: aws iam update-access-key --user-name ci --access-key-id AKIA1 --status Inactive',
  ]);
});

test('the key of an administrator is named by its id, and only if the id is known', () => {
  const access = adminAccess(aUser('ci').arn);
  expect(nextSteps(adminAccessKeyUnguarded, { ...keys('ci'), access })[0]).toMatch(
    /deactivate the key: aws iam update-access-key --user-name ci --access-key-id AKIA1 --status Inactive$/,
  );
  const reported = user('ci', { keys: [aReportedKey(), aReportedKey({ active: false })] });
  expect(nextSteps(adminAccessKeyUnguarded, { ...reported, access })[0]).toMatch(
    /deactivate the key: aws iam list-access-keys --user-name ci, then aws iam update-access-key .+ --access-key-id KEY_ID /,
  );
});

test('a denial is a complete command with its policy document', () => {
  const documentIn = (step = '') => JSON.parse(/--policy-document '(.+)'$/.exec(step)?.[1] ?? '') as unknown;
  const [federation] = nextSteps(federationTokenByAdmin, { ...keys('ci'), access: adminAccess(aUser('ci').arn) });
  expect(federation).toContain('aws iam put-user-policy --user-name ci --policy-name DenyGetFederationToken ');
  expect(documentIn(federation)).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'sts:GetFederationToken', Resource: '*' }],
  });
  const ci = user('ci', { passwordEnabled: true, mfaActive: true });
  const [removal] = nextSteps(mfaRemovableWithoutMfa, {
    ...ci,
    identities: { ...ci.identities, users: [...ci.identities.users, aUser('bob')] },
    mfaDevices: seen({ ci: ['GAHT1'], bob: ['GAHT2'] }),
  });
  expect(removal).toContain('aws iam put-user-policy --user-name ci --policy-name DenyDeactivateMFAWithoutMFA ');
  expect(documentIn(removal)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action: 'iam:DeactivateMFADevice',
        Resource: '*',
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
    ],
  });
});

test('for two keys the last use of each is shown', () => {
  expect(nextSteps(twoActiveAccessKeys, keys('ci')).join()).toMatch(
    /AKIA1 .+last used: 2026-11-19.+ or .+AKIA2 .+last used: never/,
  );
});

test('every key on a service user is to be deactivated', () => {
  expect(nextSteps(accessKeyOnServiceUser, keys('BedrockAPIKey-1')).join()).toMatch(/AKIA1 .+ && .+AKIA2/);
});

test.each([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-eusc', 'eusc-de-east-1'],
])('in partition %s IAM and sign-in events are looked up in %s', (partition, region) => {
  expect(nextSteps(accessKeyPlanted, keys('ci'), partition)[1]).toContain(
    `aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=EventName,AttributeValue=CreateAccessKey --start-time 2026-11-18T02:00:00Z --end-time 2026-11-18T04:00:00Z`,
  );
  expect(nextSteps(rootUsedRecently, {}, partition).join()).toContain(
    `--region ${region} --lookup-attributes AttributeKey=Username,AttributeValue=root --start-time 2026-11-19T03:00:00Z`,
  );
});

test('if the Region is not known, none is named', () => {
  expect(nextSteps(rootUsedRecently, {}, 'aws-iso').join()).toContain('aws cloudtrail lookup-events --lookup-attributes');
});

test.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'])(
  'the task policy that deletes credentials of root is that of partition %s',
  (partition) => {
    const member = {
      rootFeatures: ['RootCredentialsManagement'],
      organization: { id: 'o-1', managementAccountId: '999988887777' },
    };
    expect(nextSteps(rootCredentialsRemaining, member, partition).join()).toContain(
      `aws sts assume-root --target-principal ${ACCOUNT} --task-policy-arn arn=arn:${partition}:iam::aws:policy/root-task/IAMDeleteRootUserCredentials`,
    );
  },
);

test('a quarantine policy is detached from its identity, as the last step', () => {
  const attachedPolicies = [
    { name: 'AWSCompromisedKeyQuarantineV3', arn: 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3' },
  ];
  const both = identities({ users: [aUser('ci', { attachedPolicies })], roles: [aRole('app', { attachedPolicies })] });
  const [ofUser, ofRole] = nextSteps(compromisedKeyQuarantine, { identities: both });
  expect(ofUser).toMatch(
    /aws iam list-access-keys --user-name ci.+aws iam detach-user-policy --user-name ci --policy-arn arn:aws/,
  );
  expect(ofRole).toMatch(/aws iam detach-role-policy --role-name app/);
  expect(ofRole).not.toContain('list-access-keys');
});

test('the password policy keeps its settings that are stricter than required', () => {
  const passwordPolicy = {
    minimumLength: 20,
    reusePrevention: 3,
    maxAgeDays: 60,
    requiresSymbols: false,
    requiresNumbers: false,
    requiresUppercase: false,
    requiresLowercase: false,
  };
  const all = '--require-symbols --require-numbers --require-uppercase-characters --require-lowercase-characters';
  expect(nextSteps(passwordPolicyWeak, { passwordPolicy }).join()).toContain(
    `aws iam update-account-password-policy ${all} --minimum-password-length 20 --password-reuse-prevention 24 --max-password-age 60`,
  );
  expect(nextSteps(passwordPolicyWeak, {}).join()).toMatch(/--minimum-password-length 14 --password-reuse-prevention 24$/);
  const lax = {
    reusePrevention: 0,
    requireSymbols: false,
    requireNumbers: false,
    requireUppercase: false,
    requireLowercase: false,
  };
  expect(nextSteps(passwordPolicyWeak, {}, 'aws', lax).join()).toMatch(
    /aws iam update-account-password-policy --minimum-password-length 14$/,
  );
});

test('other credentials are deactivated by their ids', () => {
  const credential = { id: 'ACCA1', userName: 'ci', service: 'logs.amazonaws.com', active: true, createdAt: NOW };
  expect(nextSteps(serviceCredentialLongLived, { ...user('ci'), serviceCredentials: [credential] }).join()).toContain(
    'aws iam update-service-specific-credential --user-name ci --service-specific-credential-id ACCA1 --status Inactive',
  );
  const certificates = seen({ ci: [{ id: 'CERT1', active: true }] });
  expect(nextSteps(signingCertificateActive, { ...user('ci'), signingCertificates: certificates }).join()).toContain(
    'aws iam update-signing-certificate --user-name ci --certificate-id CERT1 --status Inactive',
  );
  expect(nextSteps(signingCertificateActive, user('ci', { activeCertificates: 1 })).join()).toContain(
    'aws iam list-signing-certificates --user-name ci',
  );
  const phone = `arn:aws:iam::${ACCOUNT}:sms-mfa/ci`;
  expect(nextSteps(smsMfaDevice, { ...user('ci'), mfaDevices: seen({ ci: ['GAHT1', phone] }) }).join()).toContain(
    `Then remove the phone number: aws iam deactivate-mfa-device --user-name ci --serial-number ${phone}`,
  );
});

test('a program with administrator access needs a role, and not a security key', () => {
  const ci = aUser('ci');
  const given = {
    identities: identities({ users: [ci] }),
    credentialReport: aReport(aRow('ci', { keys: [aReportedKey(), aReportedKey({ active: false })] })),
    access: adminAccess(ci.arn),
  };
  expect(nextSteps(adminMfaNotHardware, given).join()).toMatch(/^The user has access keys and no password.*--user-name ci\)/);
});

describe('of a role that trusts issuers of tokens', () => {
  const [GITHUB, GITLAB] = ['token.actions.githubusercontent.com', 'gitlab.com'];
  const arn = (url: string) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${url}`;
  const issued = (url: string, sub?: string) =>
    letting({ Federated: arn(url) }, sub === undefined ? undefined : { StringLike: { [`${url}:sub`]: sub } }, {
      Action: 'sts:AssumeRoleWithWebIdentity',
    });
  const scoped = issued(GITLAB, 'project_path:acme/shop:*');
  const step = (role: ReturnType<typeof aRole>) =>
    nextSteps(oidcTrustUnscoped, { identities: identities({ roles: [role] }) }).join();

  test('the claim of the unrestricted issuer is named, and not that of another', () => {
    expect(step(aTrustingRole('ci', [scoped, issued(GITHUB)]))).toMatch(/^Require token\.actions\.githubusercontent\.com:sub /);
  });

  test('if none is unrestricted, the first is named, whose provider may not exist', () => {
    expect(step(aTrustingRole('ci', [scoped]))).toMatch(/^Require gitlab\.com:sub .+Remove identity providers that do not exist/);
  });

  test('if nothing can be read, the trust policy is to be written anew', () => {
    expect(step(aRole('ci', { trustPolicy: { Statement: 1 } }))).toMatch(
      /^Save the trust policy .+ --role-name ci .+ --output json > trust\.json\), edit the file, then apply it: aws iam update-assume-role-policy --role-name ci --policy-document file:\/\/trust\.json$/,
    );
  });

  test('if a provider could not be collected, the scanner needs access first', () => {
    const oidcProviders = new Map([[arn(GITHUB), unavailable('access denied')]]);
    expect(nextSteps(oidcTrustUnscoped, { oidcProviders })).toEqual([
      'Grant the scanner access to the missing data and scan again.',
    ]);
  });
});

test.each([
  { check: delegatedAdministratorUnlisted, part: 'DelegatedAdministrators' },
  { check: guardrailsMissing, part: 'Policies' },
  { check: identityCenterAdminAssignment, part: 'AccountAssignments' },
  { check: identityCenterSessionTooLong, part: 'PermissionSets' },
  { check: trustedAccessUnlisted, part: 'EnabledServicePrincipals' },
])('if $part could not be collected, the step of $check.id is to grant access', ({ check, part }) => {
  expect(nextSteps(check, withParts({ [part]: undefined }))).toEqual([
    'Grant the scanner access to the missing data and scan again.',
  ]);
});

test('for an SCP that cannot be read, the step is to attach one that can to its organizational unit', () => {
  const hidden = { status: 'unavailable', reason: 'no access' } as const;
  const given = ofOrganization({
    accounts: { '222233334444': ['ou-ab12-workunit'] },
    scps: { guard: [hidden, 'ou-ab12-workunit'] },
  });
  expect(nextSteps(guardrailsMissing, given).join()).toMatch(
    /^Write an SCP to scp\.json that can be read\. Create it: .+--target-id ou-ab12-workunit$/,
  );
});

test('if the creation date of a key is not known, the last day is searched', () => {
  expect(
    nextSteps(accessKeyPlanted, { ...user('ci'), accessKeys: new Map([['ci', unavailable('access denied')]]) }).join(),
  ).toMatch(/--start-time 2026-11-19T02:00:00Z --end-time 2026-11-20T04:00:00Z.+aws iam list-access-keys --user-name ci/);
});

test.each([consoleUserWithoutMfa, passwordAndAccessKey])('$id shows no last use for a user newer than the report', (check) => {
  const step = nextSteps(check, {
    identities: identities({ users: [aUser('ci')] }),
    credentialReport: aReport(rootRow()),
  }).join();
  expect(step).toMatch(/last used: unknown\).+--user-name ci/);
});

test('an SSH key is named by its id, and only where the id is known', () => {
  const old = { id: 'APKA1', userName: 'ci', active: true, uploadedAt: daysAgo(100) };
  const given = { ...user('ci'), access: adminAccess(aUser('ci').arn), sshPublicKeys: seen({ ci: [old] }) };
  expect(nextSteps(sshPublicKeyStale, given).join()).toMatch(
    /aws iam update-ssh-public-key --user-name ci --ssh-public-key-id APKA1 --status Inactive$/,
  );
  expect(nextSteps(sshPublicKeyStale, { ...given, sshPublicKeys: new Map() }).join()).toMatch(
    /aws iam list-ssh-public-keys --user-name ci$/,
  );
});
