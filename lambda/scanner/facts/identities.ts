import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import { unavailable } from '../model/observed.ts';
import { documentSchema } from '../model/policy-document.ts';
import { withAwsManagedPolicies } from './aws-managed-policies.ts';
import { completeIdentities } from './complete-identities.ts';
import type { Fact } from './fact.ts';
import type { AttachedPolicy, Group, Identities, InstanceProfile } from './identity.ts';
import { type ManagedPolicy, type PolicyVersion, ROLE_LAST_USED, type Role, type Tags, type User } from './identity.ts';
import { inlinePolicyList } from './inline-policies.ts';
import { type PartlyRead, ifReadable, nameIfReadable, partlyReadList, partlyReadWholeList } from './lenient.ts';
import { shareDocuments } from './share-documents.ts';

const name = z.string().min(1);

const attachedPolicySchema = z
  .object({ PolicyName: nameIfReadable, PolicyArn: name })
  .transform(({ PolicyName, PolicyArn }): AttachedPolicy => ({
    name: PolicyName ?? PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
    arn: PolicyArn,
  }));

const tagSchema = z.object({ Key: z.string(), Value: z.string().default('') });
const tagsOf = (tags: readonly z.output<typeof tagSchema>[]): Tags => new Map(tags.map(({ Key, Value }) => [Key, Value]));

/** A boundary that is there and cannot be read limits all the same. */
const boundarySchema = z
  .unknown()
  .optional()
  .transform((boundary): string | undefined => {
    if (boundary == null) return undefined;
    const read = z.object({ PermissionsBoundaryArn: name }).safeParse(boundary);
    return read.success ? read.data.PermissionsBoundaryArn : 'PermissionsBoundary';
  });

const boundaryArn = (boundary: string | undefined) => (boundary === undefined ? {} : { boundaryArn: boundary });
const createdAt = (date: Instant | undefined) => (date === undefined ? {} : { createdAt: date });
const count = z.number().catch(0);
const date = ifReadable(instantSchema);

/** Whatever an answer tells twice has been completed before: a field that is missing here is missing from both. */
const identity = {
  Arn: name,
  Path: z.string(),
  CreateDate: date,
  AttachedManagedPolicies: partlyReadList('AttachedManagedPolicies', attachedPolicySchema),
};

const unreadIn = (...lists: readonly PartlyRead<unknown>[]) => lists.flatMap(({ unread }) => unread);
const unreadPolicies = (unread: readonly string[]) => (unread.length === 0 ? {} : { unreadPolicies: unread });
const unreadParts = (unread: readonly string[]) => (unread.length === 0 ? {} : { unreadParts: unread });

const userSchema = z
  .object({
    ...identity,
    UserName: name,
    UserId: name,
    UserPolicyList: inlinePolicyList('UserPolicyList'),
    GroupList: partlyReadList('GroupList', name),
    PermissionsBoundary: boundarySchema,
    Tags: partlyReadList('Tags', tagSchema),
  })
  .transform((user): User => ({
    name: user.UserName,
    id: user.UserId,
    arn: user.Arn,
    path: user.Path,
    ...createdAt(user.CreateDate),
    inlinePolicies: user.UserPolicyList.items,
    attachedPolicies: user.AttachedManagedPolicies.items,
    groups: user.GroupList.items,
    ...boundaryArn(user.PermissionsBoundary),
    tags: tagsOf(user.Tags.items),
    ...unreadPolicies(unreadIn(user.UserPolicyList, user.AttachedManagedPolicies, user.GroupList)),
    ...unreadParts([...unreadIn(user.Tags), ...user.UserPolicyList.nameless]),
  }));

const groupSchema = z
  .object({
    ...identity,
    GroupName: name,
    GroupId: name,
    GroupPolicyList: inlinePolicyList('GroupPolicyList'),
  })
  .transform((group): Group => ({
    name: group.GroupName,
    id: group.GroupId,
    arn: group.Arn,
    path: group.Path,
    ...createdAt(group.CreateDate),
    inlinePolicies: group.GroupPolicyList.items,
    attachedPolicies: group.AttachedManagedPolicies.items,
    ...unreadPolicies(unreadIn(group.GroupPolicyList, group.AttachedManagedPolicies)),
    ...unreadParts(group.GroupPolicyList.nameless),
  }));

const instanceProfileSchema = z
  .object({ InstanceProfileName: nameIfReadable, Arn: name })
  .transform(({ InstanceProfileName, Arn }): InstanceProfile => ({
    name: InstanceProfileName ?? Arn.slice(Arn.lastIndexOf('/') + 1),
    arn: Arn,
  }));

/** When a role was last used. AWS leaves the date out if that was not in the tracking period. */
const lastUsedSchema = z
  .unknown()
  .optional()
  .transform((lastUsed): Instant | 'never' | 'unread' => {
    if (lastUsed === undefined) return 'never';
    const read = z.record(z.string(), z.unknown()).safeParse(lastUsed);
    if (!read.success) return 'unread';
    const { LastUsedDate: used } = read.data;
    return used === undefined ? 'never' : (instantSchema.safeParse(used).data ?? 'unread');
  });

const roleSchema = z
  .object({
    ...identity,
    RoleName: name,
    RoleId: name,
    AssumeRolePolicyDocument: documentSchema,
    RolePolicyList: inlinePolicyList('RolePolicyList'),
    InstanceProfileList: partlyReadList('InstanceProfileList', instanceProfileSchema),
    PermissionsBoundary: boundarySchema,
    Tags: partlyReadList('Tags', tagSchema),
    RoleLastUsed: lastUsedSchema,
  })
  .transform((role): Role => ({
    name: role.RoleName,
    id: role.RoleId,
    arn: role.Arn,
    path: role.Path,
    ...createdAt(role.CreateDate),
    trustPolicy: role.AssumeRolePolicyDocument,
    inlinePolicies: role.RolePolicyList.items,
    attachedPolicies: role.AttachedManagedPolicies.items,
    instanceProfiles: role.InstanceProfileList.items,
    ...boundaryArn(role.PermissionsBoundary),
    tags: tagsOf(role.Tags.items),
    ...(typeof role.RoleLastUsed === 'number' ? { lastUsedAt: role.RoleLastUsed } : {}),
    ...unreadPolicies(unreadIn(role.RolePolicyList, role.AttachedManagedPolicies)),
    ...unreadParts([
      ...unreadIn(role.InstanceProfileList, role.Tags),
      ...role.RolePolicyList.nameless,
      ...(role.RoleLastUsed === 'unread' ? [ROLE_LAST_USED] : []),
    ]),
  }));

const policyVersionSchema = z.object({
  VersionId: nameIfReadable,
  IsDefaultVersion: ifReadable(z.boolean()),
  Document: documentSchema,
  CreateDate: date,
});

const managedPolicySchema = z
  .object({
    PolicyName: name,
    PolicyId: name,
    Arn: name,
    Path: z.string(),
    DefaultVersionId: nameIfReadable,
    AttachmentCount: count,
    PermissionsBoundaryUsageCount: count,
    IsAttachable: ifReadable(z.boolean()),
    CreateDate: date,
    UpdateDate: date,
    PolicyVersionList: partlyReadList('PolicyVersionList', policyVersionSchema),
  })
  .transform((policy): ManagedPolicy => ({
    name: policy.PolicyName,
    id: policy.PolicyId,
    arn: policy.Arn,
    path: policy.Path,
    attachmentCount: policy.AttachmentCount,
    boundaryUsageCount: policy.PermissionsBoundaryUsageCount,
    ...(policy.IsAttachable === undefined ? {} : { isAttachable: policy.IsAttachable }),
    ...createdAt(policy.CreateDate),
    ...(policy.UpdateDate === undefined ? {} : { updatedAt: policy.UpdateDate }),
    versions: versionsOf(policy.PolicyVersionList.items, policy.DefaultVersionId),
    ...unreadParts(unreadIn(policy.PolicyVersionList)),
  }));

/** A permissions boundary that AWS did not return: the collection adds these to the answer. */
const unseenPolicySchema = z
  .object({ Arn: name, reason: z.string(), action: z.string().optional() })
  .transform(({ Arn, reason, action }) => [Arn, unavailable(reason, action)] as const);

/** Both a version and its policy say which the default is, and a lone version is. */
const versionsOf = (
  versions: readonly z.output<typeof policyVersionSchema>[],
  defaultId: string | undefined,
): readonly PolicyVersion[] =>
  versions.map(({ VersionId, IsDefaultVersion, Document, CreateDate }, index) => {
    const isDefault = IsDefaultVersion ?? ((VersionId !== undefined && VersionId === defaultId) || versions.length === 1);
    const id = VersionId ?? (isDefault ? defaultId : undefined) ?? `without an id (${index + 1})`;
    return { id, isDefault, document: Document, ...createdAt(CreateDate) };
  });

/**
 * Reads what `iam get-account-authorization-details` prints. An element that cannot be read costs itself, and is named.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export const identitiesSchema = z
  .preprocess(
    completeIdentities,
    z.object({
      UserDetailList: partlyReadWholeList('UserDetailList', userSchema),
      GroupDetailList: partlyReadWholeList('GroupDetailList', groupSchema),
      RoleDetailList: partlyReadWholeList('RoleDetailList', roleSchema),
      Policies: partlyReadWholeList('Policies', managedPolicySchema),
      UnavailablePolicies: z.array(unseenPolicySchema).optional().catch(undefined),
    }),
  )
  .transform(({ UserDetailList, GroupDetailList, RoleDetailList, Policies, UnavailablePolicies = [] }): Identities => {
    const unread = [UserDetailList, GroupDetailList, RoleDetailList, Policies].flatMap((list) => list.unread);
    return withAwsManagedPolicies(
      shareDocuments({
        users: UserDetailList.items,
        groups: GroupDetailList.items,
        roles: RoleDetailList.items,
        policies: Policies.items,
        ...(UnavailablePolicies.length === 0 ? {} : { unseenPolicies: new Map(UnavailablePolicies) }),
        ...(unread.length === 0 ? {} : { unread }),
      }),
    );
  });

/** What `iam get-account-authorization-details` prints. */
export const identities = {
  name: 'identities',
  schema: identitiesSchema,
  actions: [
    'iam:GetAccountAuthorizationDetails',
    // It leaves out the documents of policies that are used only as a permissions boundary; these two read them.
    'iam:GetPolicy',
    'iam:GetPolicyVersion',
  ],
  awsCliFile: 'account-authorization-details.json',
  dependsOn: [],
} as const satisfies Fact;
