import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import { documentSchema, documentSharer } from '../model/policy-document.ts';
import type { Fact } from './fact.ts';
import type {
  AttachedPolicy,
  Group,
  Identities,
  InlinePolicy,
  ManagedPolicy,
  PolicyVersion,
  Role,
  Tags,
  User,
} from './identity.ts';

const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const inlinePolicySchema = z
  .object({ PolicyName: z.string(), PolicyDocument: documentSchema })
  .transform(({ PolicyName, PolicyDocument }): InlinePolicy => ({ name: PolicyName, document: PolicyDocument }));

const attachedPolicySchema = z
  .object({ PolicyName: z.string(), PolicyArn: z.string() })
  .transform(({ PolicyName, PolicyArn }): AttachedPolicy => ({ name: PolicyName, arn: PolicyArn }));

const tagsSchema = list(z.object({ Key: z.string(), Value: z.string().default('') })).transform(
  (tags): Tags => new Map(tags.map(({ Key, Value }) => [Key, Value])),
);

const boundarySchema = z.object({ PermissionsBoundaryArn: z.string() }).nullish();
const boundaryArn = (boundary: z.output<typeof boundarySchema>) =>
  boundary ? { boundaryArn: boundary.PermissionsBoundaryArn } : {};
const createdAt = (date: Instant | null | undefined) => (date == null ? {} : { createdAt: date });

const identity = { Arn: z.string(), Path: z.string().default('/'), CreateDate: instantSchema.nullish() };

const userSchema = z
  .object({
    ...identity,
    UserName: z.string(),
    UserId: z.string(),
    UserPolicyList: list(inlinePolicySchema),
    AttachedManagedPolicies: list(attachedPolicySchema),
    GroupList: list(z.string()),
    PermissionsBoundary: boundarySchema,
    Tags: tagsSchema,
  })
  .transform((user): User => ({
    name: user.UserName,
    id: user.UserId,
    arn: user.Arn,
    path: user.Path,
    ...createdAt(user.CreateDate),
    inlinePolicies: user.UserPolicyList,
    attachedPolicies: user.AttachedManagedPolicies,
    groups: user.GroupList,
    ...boundaryArn(user.PermissionsBoundary),
    tags: user.Tags,
  }));

const groupSchema = z
  .object({
    ...identity,
    GroupName: z.string(),
    GroupId: z.string(),
    GroupPolicyList: list(inlinePolicySchema),
    AttachedManagedPolicies: list(attachedPolicySchema),
  })
  .transform((group): Group => ({
    name: group.GroupName,
    id: group.GroupId,
    arn: group.Arn,
    path: group.Path,
    ...createdAt(group.CreateDate),
    inlinePolicies: group.GroupPolicyList,
    attachedPolicies: group.AttachedManagedPolicies,
  }));

const roleSchema = z
  .object({
    ...identity,
    RoleName: z.string(),
    RoleId: z.string(),
    AssumeRolePolicyDocument: documentSchema,
    RolePolicyList: list(inlinePolicySchema),
    AttachedManagedPolicies: list(attachedPolicySchema),
    InstanceProfileList: list(z.object({ InstanceProfileName: z.string(), Arn: z.string() })),
    PermissionsBoundary: boundarySchema,
    Tags: tagsSchema,
    RoleLastUsed: z.object({ LastUsedDate: instantSchema.nullish() }).nullish(),
  })
  .transform((role): Role => ({
    name: role.RoleName,
    id: role.RoleId,
    arn: role.Arn,
    path: role.Path,
    ...createdAt(role.CreateDate),
    trustPolicy: role.AssumeRolePolicyDocument,
    inlinePolicies: role.RolePolicyList,
    attachedPolicies: role.AttachedManagedPolicies,
    instanceProfiles: role.InstanceProfileList.map(({ InstanceProfileName, Arn }) => ({ name: InstanceProfileName, arn: Arn })),
    ...boundaryArn(role.PermissionsBoundary),
    tags: role.Tags,
    ...(role.RoleLastUsed?.LastUsedDate == null ? {} : { lastUsedAt: role.RoleLastUsed.LastUsedDate }),
  }));

const policyVersionSchema = z
  .object({
    VersionId: z.string(),
    IsDefaultVersion: z.boolean(),
    Document: documentSchema,
    CreateDate: instantSchema.nullish(),
  })
  .transform((version): PolicyVersion => ({
    id: version.VersionId,
    isDefault: version.IsDefaultVersion,
    document: version.Document,
    ...createdAt(version.CreateDate),
  }));

const managedPolicySchema = z
  .object({
    PolicyName: z.string(),
    PolicyId: z.string(),
    Arn: z.string(),
    Path: z.string().default('/'),
    AttachmentCount: z.number().default(0),
    PermissionsBoundaryUsageCount: z.number().default(0),
    IsAttachable: z.boolean().nullish(),
    CreateDate: instantSchema.nullish(),
    UpdateDate: instantSchema.nullish(),
    PolicyVersionList: list(policyVersionSchema),
  })
  .transform((policy): ManagedPolicy => ({
    name: policy.PolicyName,
    id: policy.PolicyId,
    arn: policy.Arn,
    path: policy.Path,
    attachmentCount: policy.AttachmentCount,
    boundaryUsageCount: policy.PermissionsBoundaryUsageCount,
    ...(policy.IsAttachable == null ? {} : { isAttachable: policy.IsAttachable }),
    ...createdAt(policy.CreateDate),
    ...(policy.UpdateDate == null ? {} : { updatedAt: policy.UpdateDate }),
    versions: policy.PolicyVersionList,
  }));

/**
 * Reads what `iam get-account-authorization-details` prints.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export const identitiesSchema = z
  .object({
    UserDetailList: list(userSchema),
    GroupDetailList: list(groupSchema),
    RoleDetailList: list(roleSchema),
    Policies: list(managedPolicySchema),
  })
  .transform((details): Identities =>
    shareDocuments({
      users: details.UserDetailList,
      groups: details.GroupDetailList,
      roles: details.RoleDetailList,
      policies: details.Policies,
    }),
  );

/** Thousands of identities have identical policies. */
function shareDocuments({ users, groups, roles, policies }: Identities): Identities {
  const share = documentSharer();
  const inline = <T extends Pick<User, 'inlinePolicies'>>(holder: T): T => ({
    ...holder,
    inlinePolicies: holder.inlinePolicies.map(({ name, document }) => ({ name, document: share(document) })),
  });
  return {
    users: users.map(inline),
    groups: groups.map(inline),
    roles: roles.map((role) => ({ ...inline(role), trustPolicy: share(role.trustPolicy) })),
    policies: policies.map((policy) => ({
      ...policy,
      versions: policy.versions.map((version) => ({ ...version, document: share(version.document) })),
    })),
  };
}

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
