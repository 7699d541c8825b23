import type { Account } from '../../iam/account.ts';
import { type AuthorizationResult, allOf, refused, conditional } from '../../iam/authorization-result.ts';
import { type NamedResources, canOnSomeResource } from '../../iam/resource-candidates.ts';
import type { CreateIdentityTechnique } from '../technique.ts';

/**
 * Only the instance of an organization has permission sets:
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/account-instances-identity-center.html
 */
const isManagedHere = (account: Account): AuthorizationResult =>
  isManagedElsewhere(account)
    ? refused()
    : conditional({
        key: 'exists:identity-center',
        controlledBy: 'environment',
        text: 'IAM Identity Center is managed from this account, and the principal has, or can create, a user in it',
      });

const SERVICE = 'sso.amazonaws.com';

function isManagedElsewhere({ accountId, facts: { organization } }: Account): boolean {
  if (organization.status === 'unavailable') return false;
  if (organization.value === undefined) return true;
  const { managementAccountId, administers } = organization.value;
  return accountId !== managementAccountId && administers?.includes(SERVICE) === false;
}

/**
 * What an assignment of a permission set in the account names.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycenter.html
 */
export const assignmentIn = (accountId: string): NamedResources => ({
  'sso:CreateAccountAssignment': [
    [`arn:{partition}:sso:::account/${accountId}`],
    ['arn:{partition}:sso:::instance/*'],
    ['arn:{partition}:sso:::permissionSet/*/*'],
  ],
});

const technique = (
  id: string,
  aliases: readonly string[],
  title: string,
  actions: readonly string[],
): CreateIdentityTechnique => ({
  id,
  aliases,
  title,
  actions,
  attempt: (account, principal) =>
    allOf(
      () => isManagedHere(account),
      () => canOnSomeResource(account, principal, actions, { resources: assignmentIn(account.accountId) }),
    ),
});

/**
 * The techniques that become admin through IAM Identity Center. They work only from the management account or a delegated
 * administrator account.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/iam-auth-access-overview.html
 */
export const identityCenterTechniques: readonly CreateIdentityTechnique[] = [
  technique(
    'assign-new-permission-set',
    ['sso-001'],
    'Create a permission set with administrator access and assign it to itself',
    ['sso:CreatePermissionSet', 'sso:AttachManagedPolicyToPermissionSet', 'sso:CreateAccountAssignment'],
  ),
  technique(
    'attach-policy-to-permission-set',
    ['sso-002'],
    'Attach AdministratorAccess to a permission set that is assigned to it',
    ['sso:AttachManagedPolicyToPermissionSet'],
  ),
  technique(
    'put-policy-into-permission-set',
    ['sso-003'],
    'Add an inline policy with administrator access to a permission set that is assigned to it',
    ['sso:PutInlinePolicyToPermissionSet'],
  ),
  technique('assign-permission-set', [], 'Assign an existing permission set with administrator access to itself', [
    'sso:CreateAccountAssignment',
  ]),
  technique('join-identity-center-group', [], 'Add itself to a group that has a permission set with administrator access', [
    'identitystore:CreateGroupMembership',
  ]),
  technique(
    'reset-identity-center-password',
    [],
    'Reset the password of a user who has a permission set with administrator access',
    ['sso-directory:UpdatePassword'],
  ),
  ...[
    [
      'attach-customer-managed-policy-to-permission-set',
      'Attach a customer managed policy with administrator access, by its name, to a permission set that is assigned to it',
      'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
    ],
    [
      'delete-permission-set-boundary',
      'Delete the permissions boundary of a permission set with administrator access that is assigned to it',
      'sso:DeletePermissionsBoundaryFromPermissionSet',
    ],
    [
      'replace-permission-set-boundary',
      'Replace the permissions boundary of a permission set with administrator access that is assigned to it',
      'sso:PutPermissionsBoundaryToPermissionSet',
    ],
    [
      'add-member-to-identity-center-group',
      'Add itself in the directory to a group that has a permission set with administrator access',
      'sso-directory:AddMemberToGroup',
    ],
    [
      'change-identity-center-email',
      'Change the email address of a user who has a permission set with administrator access, and reset the password',
      'identitystore:UpdateUser',
    ],
    [
      'create-scim-token',
      'Create a SCIM access token, and add itself to a group that has a permission set with administrator access',
      'sso-directory:CreateBearerToken',
    ],
    [
      'update-external-identity-provider',
      'Change the external identity provider to one of its own, and sign in as any user',
      'sso-directory:UpdateExternalIdPConfigurationForDirectory',
    ],
    [
      'import-identity-provider-certificate',
      'Add a certificate of its own to the external identity provider, and sign in as any user',
      'sso-directory:ImportExternalIdPCertificate',
    ],
    [
      'connect-other-directory',
      'Change the directory of IAM Identity Center to one of its own, and sign in as any user',
      'sso:AssociateDirectory',
    ],
  ].map(([id = '', title = '', action = '']) => technique(id, [], title, [action])),
  technique(
    'create-external-identity-provider',
    [],
    'Make an identity provider of its own the external one, and sign in as any user',
    ['sso-directory:CreateExternalIdPConfigurationForDirectory', 'sso-directory:EnableExternalIdPConfigurationForDirectory'],
  ),
];
