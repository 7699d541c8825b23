import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import { unavailable } from '../model/observed.ts';

/**
 * The organization, in which an empty list of IAM Identity Center is unavailable if accounts have roles of permission sets: such a list
 * is not complete. In every Region except its own, IAM Identity Center lists no instance, without an error.
 *
 * `regions` are those that the roles name; empty if there are no such roles.
 */
export function withUnlistedIdentityCenter<T extends OrganizationSnapshot | undefined>(
  organization: T,
  regions: readonly string[],
): T | OrganizationSnapshot {
  if (organization === undefined || regions.length === 0) return organization;
  const { Instances, PermissionSets, AccountAssignments } = organization;
  const named = `${regions.length === 1 ? 'Region' : 'Regions'} ${regions.join(', ')}`;
  const unlisted = (action: string) =>
    unavailable(`AWS listed none, although accounts have roles of permission sets; these name the ${named}`, action);
  if (Instances.status === 'collected' && Instances.value.length === 0) {
    const hidden = unlisted('sso:ListInstances');
    const ofInstance = { Instances: hidden, PermissionSets: hidden, AccountAssignments: hidden };
    return { ...organization, ...ofInstance, Users: hidden, Groups: hidden, GroupMemberships: hidden };
  }
  return {
    ...organization,
    PermissionSets: isEmpty(PermissionSets) ? unlisted('sso:ListPermissionSets') : PermissionSets,
    AccountAssignments: hasNone(AccountAssignments) ? unlisted('sso:ListAccountAssignments') : AccountAssignments,
  };
}

const isEmpty = (part: OrganizationSnapshot['PermissionSets']): boolean => part.status === 'collected' && part.value.length === 0;

const hasNone = (part: OrganizationSnapshot['AccountAssignments']): boolean =>
  part.status === 'collected' && part.value.seen.length === 0 && part.value.gaps.length === 0;
