import type { Account } from '../../iam/account.ts';
import { type AuthorizationResult, allOf, granted, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { withPolicyTags } from '../../iam/target-tags.ts';
import type { DormantVersion, Principal } from '../../iam/principal.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_VERSIONS = 5;

/**
 * Whether the principal can create a version of the managed policy, which becomes the default at once. Of five versions, one must
 * be deleted first. A policy of AWS cannot be changed.
 */
export function canRewrite(account: Account, principal: Principal, arn: string): AuthorizationResult {
  const known = account.managedPolicies.get(arn);
  if (arn.includes(':iam::aws:')) return refused();
  return allOf(
    () => canOnPolicy(account, principal, 'iam:CreatePolicyVersion', arn),
    () =>
      (known?.policy.versions.length ?? 0) < MAX_VERSIONS
        ? granted()
        : canOnPolicy(account, principal, 'iam:DeletePolicyVersion', arn),
  );
}

/** Whether the principal can make an older version of the managed policy the default. */
export const canRestoreVersion = (account: Account, principal: Principal, arn: string): AuthorizationResult =>
  canOnPolicy(account, principal, 'iam:SetDefaultPolicyVersion', arn);

const canOnPolicy = (account: Account, principal: Principal, action: string, arn: string): AuthorizationResult =>
  withPolicyTags(account, principal, arn, (keys) => can(account, principal, action, arn, keys));

/** The older versions of a customer managed policy; none where the policy is not known. */
export function dormantVersions({ managedPolicies }: Account, arn: string): readonly DormantVersion[] {
  const known = managedPolicies.get(arn);
  return known?.isCustomerManaged ? known.dormant() : [];
}
