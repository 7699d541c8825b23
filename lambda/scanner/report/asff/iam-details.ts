import type { AccessKey } from '../../facts/access-keys.ts';
import type { AttachedPolicy, Group, InlinePolicy, ManagedPolicy, Role, User } from '../../facts/identity.ts';
import type { Instant } from '../../model/instant.ts';
import type { Json } from '../../model/json.ts';
import { limits } from './limits.ts';

type Details = Readonly<Record<string, Json>>;

const date = (instant: Instant) => new Date(instant).toISOString();
const created = (instant: Instant | undefined): Details => (instant === undefined ? {} : { CreateDate: date(instant) });

// AWS returns these in no fixed order, and a different order is not a change.
const sorted = <T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] =>
  items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const attached = (policies: readonly AttachedPolicy[]): Json =>
  sorted(policies, ({ arn }) => arn).map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn }));

const inline = (policies: readonly InlinePolicy[]): Json =>
  sorted(policies, ({ name }) => name).map(({ name }) => ({ PolicyName: name }));

const boundary = (arn: string | undefined): Details =>
  arn === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryArn: arn, PermissionsBoundaryType: 'PermissionsBoundaryPolicy' } };

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsIamUserDetails.html */
export const userDetails = (user: User): Details => ({
  UserName: user.name,
  UserId: user.id,
  Path: user.path,
  ...created(user.createdAt),
  GroupList: user.groups.toSorted(),
  AttachedManagedPolicies: attached(user.attachedPolicies),
  UserPolicyList: inline(user.inlinePolicies),
  ...boundary(user.boundaryArn),
});

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsIamRoleDetails.html */
export const roleDetails = (role: Role): Details => ({
  RoleName: role.name,
  RoleId: role.id,
  Path: role.path,
  ...created(role.createdAt),
  ...trustPolicy(role.trustPolicy),
  AttachedManagedPolicies: attached(role.attachedPolicies),
  RolePolicyList: inline(role.inlinePolicies),
  InstanceProfileList: sorted(role.instanceProfiles, ({ arn }) => arn).map(({ name, arn }) => ({
    InstanceProfileName: name,
    Arn: arn,
  })),
  ...boundary(role.boundaryArn),
});

/** The trust policy in the characters that Security Hub allows. A document that is too long is left out, not cut. */
function trustPolicy(document: Json): Details {
  const text = JSON.stringify(document).replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return text.length <= limits.trustPolicy ? { AssumeRolePolicyDocument: text } : {};
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsIamGroupDetails.html */
export const groupDetails = (group: Group): Details => ({
  GroupName: group.name,
  GroupId: group.id,
  Path: group.path,
  ...created(group.createdAt),
  AttachedManagedPolicies: attached(group.attachedPolicies),
  GroupPolicyList: inline(group.inlinePolicies),
});

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsIamPolicyDetails.html */
export const policyDetails = (policy: ManagedPolicy): Details => {
  const current = policy.versions.find(({ isDefault }) => isDefault);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Path: policy.path,
    ...(current ? { DefaultVersionId: current.id } : {}),
    AttachmentCount: policy.attachmentCount,
    PermissionsBoundaryUsageCount: policy.boundaryUsageCount,
    ...(policy.isAttachable === undefined ? {} : { IsAttachable: policy.isAttachable }),
    ...created(policy.createdAt),
    ...(policy.updatedAt === undefined ? {} : { UpdateDate: date(policy.updatedAt) }),
    PolicyVersionList: policy.versions.map(({ id, isDefault, createdAt }) => ({
      VersionId: id,
      IsDefaultVersion: isDefault,
      ...created(createdAt),
    })),
  };
};

/**
 * The details of an access key. Only its ID is always known.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsIamAccessKeyDetails.html
 */
export const accessKeyDetails = (id: string, account: string, key: AccessKey | undefined, user: User | undefined): Details => ({
  AccessKeyId: id,
  AccountId: account,
  PrincipalType: 'IAMUser',
  ...(user ? { PrincipalId: user.id, PrincipalName: user.name } : {}),
  ...(key ? { CreatedAt: date(key.createdAt), Status: key.active ? 'Active' : 'Inactive' } : {}),
});
