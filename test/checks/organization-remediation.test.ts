import guardrailsMissing from '../../lambda/scanner/checks/guardrails-missing.ts';
import identityCenterAdminAssignment from '../../lambda/scanner/checks/identity-center-admin-assignment.ts';
import identityCenterDirectAssignment from '../../lambda/scanner/checks/identity-center-direct-assignment.ts';
import identityCenterSessionTooLong from '../../lambda/scanner/checks/identity-center-session-too-long.ts';
import type { Check } from '../../lambda/scanner/check.ts';
import type { Facts } from '../../lambda/scanner/facts/snapshot.ts';
import { aContext, emptyAccount } from '../support/builders.ts';
import { ofOrganization, withParts } from '../support/organization-given.ts';

/** The next step of each subject. */
const nextSteps = (check: Check, given: Partial<Facts>, params = {}) =>
  [...check.run({ ...emptyAccount, ...given }, aContext({ params: { ...check.params, ...params } }))].map(({ remediation }) =>
    remediation(),
  );

test('the SCP to write denies what is missing, and both commands are complete', () => {
  expect(nextSteps(guardrailsMissing, ofOrganization({ accounts: { '222233334444': ['ou-ab12-workunit'] } })).join()).toMatch(
    /^Write an SCP to scp\.json that denies organizations:LeaveOrganization, cloudtrail:StopLogging, .+, except for the roles that manage these services, and denies all actions if aws:PrincipalArn matches arn:\*:iam::\*:root\. Create it: aws organizations create-policy --type SERVICE_CONTROL_POLICY --name NAME --description DESCRIPTION --content file:\/\/scp\.json\. .+ aws organizations attach-policy --policy-id POLICY_ID --target-id ou-ab12-workunit$/,
  );
});

describe('assignments and permission sets of IAM Identity Center', () => {
  const set = 'arn:aws:sso:::permissionSet/ssoins-1/ps-1';
  const given = (permissionSetArn: string, type: 'USER' | 'GROUP', accounts = ['222233334444']) =>
    withParts({
      AccountAssignments: accounts.map((AccountId) => ({
        ...{ AccountId, PermissionSetArn: permissionSetArn, PrincipalType: type, PrincipalId: 'p-1' },
      })),
      PermissionSets: [
        {
          ...{ PermissionSetArn: permissionSetArn, Name: 'Admin', SessionDuration: 'PT12H' },
          ManagedPolicies: [{ Name: 'AdministratorAccess', Arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
        },
      ],
      Users: [{ UserId: 'p-1', UserName: 'ann' }],
      Groups: [{ GroupId: 'p-1', DisplayName: 'platform' }],
      GroupMemberships: [],
    });
  const removal = (type: string, account = '222233334444') =>
    `aws sso-admin delete-account-assignment --instance-arn arn:aws:sso:::instance/ssoins-1 --target-id ${account} --target-type AWS_ACCOUNT --permission-set-arn ${set} --principal-type ${type} --principal-id p-1`;

  test('an admin assignment is deleted by a complete command', () => {
    expect(nextSteps(identityCenterAdminAssignment, given(set, 'GROUP'))).toEqual([
      `If platform needs this access, add the name to checks.identity-center-admin-assignment.allowed in the configuration. Otherwise assign a least-privilege permission set and delete the admin assignment: ${removal('GROUP')}`,
    ]);
  });

  test('of several assignments the first is named, and how many there are', () => {
    expect(nextSteps(identityCenterAdminAssignment, given(set, 'USER', ['222233334444', '333344445555'])).join()).toMatch(
      /delete the admin assignment \(first of 2 assignments\): aws sso-admin .+ --target-id 222233334444 /,
    );
  });

  test('a direct assignment is deleted by a complete command', () => {
    expect(nextSteps(identityCenterDirectAssignment, given(set, 'USER'))).toEqual([
      `Assign the permission set to a group and add ann to that group. Then delete the direct assignment: ${removal('USER')}`,
    ]);
  });

  test('an instance that the ARN does not tell has a placeholder', () => {
    expect(nextSteps(identityCenterDirectAssignment, given('ps-1', 'USER')).join()).toContain('--instance-arn INSTANCE_ARN ');
  });

  test.each([
    [4, 'PT4H'],
    [1.5, 'PT90M'],
  ])('sessions are shortened to %s hours, and the change is applied', (maxHours, duration) => {
    const target = `--instance-arn arn:aws:sso:::instance/ssoins-1 --permission-set-arn ${set}`;
    expect(nextSteps(identityCenterSessionTooLong, given(set, 'USER'), { maxHours })).toEqual([
      `Shorten the sessions (aws sso-admin update-permission-set ${target} --session-duration ${duration}), then apply the change to all accounts: aws sso-admin provision-permission-set ${target} --target-type ALL_PROVISIONED_ACCOUNTS`,
    ]);
  });
});
