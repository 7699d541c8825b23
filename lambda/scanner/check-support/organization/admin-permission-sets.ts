import type { PermissionSet, PermissionSetGrants } from '../../facts/organization-parts/identity-center.ts';
import { type Observed, collected, unavailable } from '../../model/observed.ts';
import { compileDocument } from '../../policy/compile.ts';
import type { RequestSetting } from '../../policy/queries/plain-request.ts';
import { allowingAnything } from '../policies/overbroad-access.ts';
import { sensitiveActionVocabulary } from '../policies/action-vocabulary.ts';

/** AWS managed policies that grant admin access, or allow the principal to grant it to itself. */
const adminPolicies = ['AdministratorAccess', 'IAMFullAccess'];

/** Whether the permission set grants admin access, or a path to it, through its AWS managed policies or its inline policy. */
export function isAdminPermissionSet({ name, grants }: PermissionSet, scene: RequestSetting): Observed<boolean> {
  if (grants.status === 'unavailable') return unavailable(`permission set ${name}: ${grants.reason}`);
  const { managedPolicies, customerManagedPolicies, boundary } = grants.value;
  const inline = isInlineAdmin(grants.value, scene);
  if (inline === undefined) return unavailable(`the inline policy of permission set ${name} cannot be read`);
  const isAdmin = managedPolicies.some(isAdminPolicy) || inline;
  if (isAdmin && boundary !== undefined && !isAdminPolicy(boundary))
    return unavailable(`permission set ${name} has the permissions boundary ${boundary}, whose content is not known here`);
  if (!isAdmin && customerManagedPolicies.length > 0)
    return unavailable(
      `permission set ${name} has customer managed policies, which differ by account: ${customerManagedPolicies.map((policy) => policy.name).join(', ')}`,
    );
  return collected(isAdmin);
}

const isAdminPolicy = (arn: string): boolean => adminPolicies.some((policy) => arn.endsWith(`:iam::aws:policy/${policy}`));

/** Undefined if the policy cannot be read. */
function isInlineAdmin({ inlinePolicy }: PermissionSetGrants, scene: RequestSetting): boolean | undefined {
  if (inlinePolicy === undefined) return false;
  const policy = compileDocument(inlinePolicy, sensitiveActionVocabulary);
  return policy.kind === 'malformed' ? undefined : allowingAnything(policy, scene).length > 0;
}
