import type { PermissionSet, PermissionSetGrants } from '../../facts/organization-parts/identity-center.ts';
import { type Observed, collected, unavailable } from '../../model/observed.ts';
import { compileDocument } from '../../policy/compile.ts';
import type { Scene } from '../../policy/reach/plain-request.ts';
import { allowingAnything } from './breadth.ts';
import { vocabulary } from './grant-vocabulary.ts';

/** AWS-managed policies whose holder is admin, or makes itself one. */
const adminPolicies = ['AdministratorAccess', 'IAMFullAccess'];

/** Whether who has the permission set is admin by it, or can become it: by what AWS manages, and by its inline policy. */
export function isAdminSet({ name, grants }: PermissionSet, scene: Scene): Observed<boolean> {
  if (grants.status === 'unavailable') return unavailable(`permission set ${name}: ${grants.reason}`);
  const { managedPolicies, customerManagedPolicies, boundary } = grants.value;
  const inline = isInlineAdmin(grants.value, scene);
  if (inline === undefined) return unavailable(`the inline policy of permission set ${name} cannot be read`);
  const isAdmin = managedPolicies.some(isAdminPolicy) || inline;
  if (isAdmin && boundary !== undefined && !isAdminPolicy(boundary))
    return unavailable(`permission set ${name} is bounded by ${boundary}, and what that allows is not seen here`);
  if (!isAdmin && customerManagedPolicies.length > 0)
    return unavailable(
      `permission set ${name} has policies that each account makes for itself: ${customerManagedPolicies.map((policy) => policy.name).join(', ')}`,
    );
  return collected(isAdmin);
}

const isAdminPolicy = (arn: string): boolean => adminPolicies.some((policy) => arn.endsWith(`:iam::aws:policy/${policy}`));

/** Undefined where the policy cannot be read. */
function isInlineAdmin({ inlinePolicy }: PermissionSetGrants, scene: Scene): boolean | undefined {
  if (inlinePolicy === undefined) return false;
  const policy = compileDocument(inlinePolicy, vocabulary);
  return policy.kind === 'malformed' ? undefined : allowingAnything(policy, scene).length > 0;
}
