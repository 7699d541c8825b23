import type { Account } from '../account.ts';
import { type Answer, all, refused, supposing } from '../answer.ts';
import { canSomewhere } from '../some-resource.ts';
import type { CreationRule } from './control-rule.ts';

/** Permission sets are those of an Organization's instance: https://docs.aws.amazon.com/singlesignon/latest/userguide/account-instances-identity-center.html */
const isManagedHere = (account: Account): Answer =>
  isManagedElsewhere(account)
    ? refused()
    : supposing({
        key: 'exists:identity-center',
        controlledBy: 'environment',
        text: 'IAM Identity Center is managed from this account, and the principal has, or makes, a user in it',
      });

const SERVICE = 'sso.amazonaws.com';

function isManagedElsewhere({ accountId, facts: { organization } }: Account): boolean {
  if (organization.status === 'unavailable') return false;
  if (organization.value === undefined) return true;
  const { managementAccountId, administers } = organization.value;
  return accountId !== managementAccountId && administers?.includes(SERVICE) === false;
}

const rule = (id: string, aliases: readonly string[], title: string, actions: readonly string[]): CreationRule => ({
  id,
  aliases,
  title,
  actions,
  attempt: (account, actor) =>
    all(
      () => isManagedHere(account),
      () => canSomewhere(account, actor, actions),
    ),
});

/**
 * The ways to become admin through IAM Identity Center, which work from the management account or a delegated one only.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/iam-auth-access-overview.html
 */
export const identityCenterRules: readonly CreationRule[] = [
  rule('assign-new-permission-set', ['sso-001'], 'make a permission set with full access and assign it to oneself', [
    'sso:CreatePermissionSet',
    'sso:AttachManagedPolicyToPermissionSet',
    'sso:CreateAccountAssignment',
  ]),
  rule('attach-policy-to-permission-set', ['sso-002'], 'attach AdministratorAccess to a permission set that one has', [
    'sso:AttachManagedPolicyToPermissionSet',
  ]),
  rule(
    'put-policy-into-permission-set',
    ['sso-003'],
    'write a policy that allows everything into a permission set that one has',
    ['sso:PutInlinePolicyToPermissionSet'],
  ),
  rule('assign-permission-set', [], 'assign an existing permission set with full access to oneself', [
    'sso:CreateAccountAssignment',
  ]),
  rule('join-identity-center-group', [], 'put oneself into a group that has a permission set with full access', [
    'identitystore:CreateGroupMembership',
  ]),
  rule('reset-identity-center-password', [], 'set the password of someone who has a permission set with full access', [
    'sso-directory:UpdatePassword',
  ]),
];
