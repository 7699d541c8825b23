import { z } from 'zod';
import type { Json } from '../../model/json.ts';
import { ifReadable } from '../lenient.ts';
import { documentSchema } from '../../model/policy-document.ts';
import { type Observed, collected, unavailable } from '../../model/observed.ts';

/** An instance of IAM Identity Center. */
export interface IdentityCenterInstance {
  readonly arn: string;
  readonly identityStoreId: string;
  /** The account that owns it; absent in older answers. */
  readonly ownerAccountId?: string;
}

/** Reads `sso-admin list-instances`. */
export const instancesSchema = z.array(
  z
    .object({ InstanceArn: z.string(), IdentityStoreId: z.string(), OwnerAccountId: ifReadable(z.string()) })
    .transform(({ InstanceArn, IdentityStoreId, OwnerAccountId }): IdentityCenterInstance => ({
      arn: InstanceArn,
      identityStoreId: IdentityStoreId,
      ...(OwnerAccountId == null ? {} : { ownerAccountId: OwnerAccountId }),
    })),
);

/** What a permission set grants, in every account where it is assigned. */
export interface PermissionSetGrants {
  readonly managedPolicies: readonly string[];
  /** Customer managed policies that must exist in each account under the same name. */
  readonly customerManagedPolicies: readonly { readonly name: string; readonly path: string }[];
  readonly inlinePolicy?: Json;
  /** The permissions boundary: the ARN of an AWS managed policy, or the name of one that must exist in each account. */
  readonly boundary?: string;
}

/** A permission set. */
export interface PermissionSet {
  readonly arn: string;
  readonly name: string;
  /** The session duration in hours; undefined: AWS did not tell. */
  readonly sessionHours?: number;
  readonly grants: Observed<PermissionSetGrants>;
}

const boundarySchema = z
  .object({
    ManagedPolicyArn: z.string().nullish(),
    CustomerManagedPolicyReference: z.object({ Name: z.string() }).nullish(),
  })
  .nullish();

const seenSetSchema = z.object({
  PermissionSetArn: z.string(),
  Name: z.string(),
  SessionDuration: z.string().nullish(),
  ManagedPolicies: z.array(z.object({ Arn: z.string() })).optional(),
  CustomerManagedPolicies: z.array(z.object({ Name: z.string(), Path: z.string().default('/') })).optional(),
  InlinePolicy: documentSchema.optional(),
  PermissionsBoundary: boundarySchema,
  Unavailable: z.object({ reason: z.string(), action: z.string().optional() }).optional(),
});

/**
 * Reads the permission sets: for each what `sso-admin describe-permission-set` prints, and the lists of its policies.
 * `Unavailable` tells why the policies could not be read.
 */
export const permissionSetsSchema = z.array(
  seenSetSchema.transform((set): PermissionSet => ({
    arn: set.PermissionSetArn,
    name: set.Name,
    ...(set.SessionDuration == null ? {} : { sessionHours: hoursIn(set.SessionDuration) }),
    grants: set.Unavailable ? unavailable(set.Unavailable.reason, set.Unavailable.action) : grantsOf(set),
  })),
);

function grantsOf(set: z.output<typeof seenSetSchema>): Observed<PermissionSetGrants> {
  const { ManagedPolicies, CustomerManagedPolicies, InlinePolicy } = set;
  if ((ManagedPolicies ?? CustomerManagedPolicies ?? InlinePolicy) === undefined)
    return unavailable('its policies are not in the snapshot');
  const boundary = set.PermissionsBoundary?.ManagedPolicyArn ?? set.PermissionsBoundary?.CustomerManagedPolicyReference?.Name;
  return collected({
    managedPolicies: (ManagedPolicies ?? []).map(({ Arn }) => Arn),
    customerManagedPolicies: (CustomerManagedPolicies ?? []).map(({ Name, Path }) => ({ name: Name, path: Path })),
    // AWS returns an empty text where there is none.
    ...(set.InlinePolicy === undefined || set.InlinePolicy === null || set.InlinePolicy === ''
      ? {}
      : { inlinePolicy: set.InlinePolicy }),
    ...(boundary == null ? {} : { boundary }),
  });
}

/** Hours in an ISO 8601 duration such as `PT8H` or `PT1H30M`. */
function hoursIn(duration: string): number {
  const [, days = 0, hours = 0, minutes = 0] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?.*)?$/.exec(duration) ?? [];
  return Number(days) * 24 + Number(hours) + Number(minutes) / 60;
}

/** An assignment of a permission set to a user or a group in one account. */
export interface Assignment {
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly principalType: 'USER' | 'GROUP';
  readonly principalId: string;
}

/** The assignments, and what is missing. */
export interface Assignments {
  readonly seen: readonly Assignment[];
  /** The permission sets of which not all assignments were seen, and why. */
  readonly gaps: readonly { readonly permissionSetArn: string; readonly reason: string }[];
}

const assignmentSchema = z
  .object({
    AccountId: z.string(),
    PermissionSetArn: z.string(),
    PrincipalType: z.enum(['USER', 'GROUP']),
    PrincipalId: z.string(),
  })
  .transform(({ AccountId, PermissionSetArn, PrincipalType, PrincipalId }): Assignment => ({
    accountId: AccountId,
    permissionSetArn: PermissionSetArn,
    principalType: PrincipalType,
    principalId: PrincipalId,
  }));

const gapSchema = z
  .object({ PermissionSetArn: z.string(), Unavailable: z.object({ reason: z.string() }) })
  .transform(({ PermissionSetArn, Unavailable: { reason } }) => ({ permissionSetArn: PermissionSetArn, reason }));

/**
 * Reads `sso-admin list-account-assignments`, of all accounts and permission sets. An element with `Unavailable` tells why not all
 * assignments of a permission set are there.
 */
export const assignmentsSchema = z.array(z.union([assignmentSchema, gapSchema])).transform((elements): Assignments => ({
  seen: elements.filter((element) => 'accountId' in element),
  gaps: elements.filter((element) => 'reason' in element),
}));

/** Reads `identitystore list-users`: the display name of each user, by its id. */
export const directoryUsersSchema = z
  .array(z.object({ UserId: z.string(), UserName: ifReadable(z.string()), DisplayName: ifReadable(z.string()) }))
  .transform(
    (users): ReadonlyMap<string, string> =>
      new Map(users.map(({ UserId, UserName, DisplayName }) => [UserId, UserName ?? DisplayName ?? UserId])),
  );

/** Reads `identitystore list-groups`: the display name of each group, by its id. */
export const directoryGroupsSchema = z
  .array(z.object({ GroupId: z.string(), DisplayName: ifReadable(z.string()) }))
  .transform(
    (groups): ReadonlyMap<string, string> => new Map(groups.map(({ GroupId, DisplayName }) => [GroupId, DisplayName ?? GroupId])),
  );

/** Reads `identitystore list-group-memberships`: the ids of the users in each group. */
export const membershipsSchema = z
  .array(z.object({ GroupId: z.string(), MemberId: z.object({ UserId: z.string().nullish() }) }))
  .transform((memberships): ReadonlyMap<string, readonly string[]> => {
    const members = new Map<string, string[]>();
    for (const { GroupId, MemberId } of memberships) {
      const of = members.get(GroupId) ?? [];
      if (MemberId.UserId != null) of.push(MemberId.UserId);
      members.set(GroupId, of);
    }
    return members;
  });
