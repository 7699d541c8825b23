import {
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import type { Instant } from '../../model/instant.ts';
import type { Json } from '../../model/json.ts';
import type { Aws } from '../aws.ts';
import { answered, listed } from '../compute/look.ts';
import { FailedCall, errorCode } from '../failure.ts';
import { toJson } from '../to-json.ts';
import { type PermissionSetPlace, accountAssignments, adminSetsFirst } from './account-assignments.ts';
import { collectDirectory } from './directory.ts';
import { type Instance, findInstances } from './identity-center-instances.ts';
import { CALLS_PER_SECOND, atMostPerSecond, severalAtOnce } from './pace.ts';
import { hidden, observed, oneByOne } from './parts.ts';

/** Collects the permission sets, assignments, users and groups of IAM Identity Center, in the Region of its instance. */
export async function collectIdentityCenter(aws: Aws, managementAccountId: string | undefined, now: Instant) {
  let instances: readonly Instance[] = [];
  const Instances = await observed(async () => {
    instances = await findInstances(aws, managementAccountId);
    return toJson(instances.map(({ answer }) => answer));
  });
  if (isHidden(Instances))
    return { Instances, PermissionSets: Instances, AccountAssignments: Instances, ...hideDirectory(Instances) };
  const listing = allPermissionSets(aws, instances);
  const PermissionSets = await observed(async () => severalAtOnce(await listing, permissionSet));
  const directory = await collectDirectory(aws, instances);
  const { partition, accountId } = aws;
  // The assignments take the most calls, so they come last: what the time is not enough for is some of them, and nothing else.
  const AccountAssignments = await observed(async () =>
    accountAssignments(adminSetsFirst(await listing, PermissionSets, { partition, accountId, now })),
  );
  return { Instances, PermissionSets, AccountAssignments, ...directory };
}

const isHidden = (part: Json): boolean => typeof part === 'object' && part !== null && 'status' in part;

const hideDirectory = (why: Json) => ({ Users: why, Groups: why, GroupMemberships: why });

/** Every permission set of the instances. */
async function allPermissionSets(aws: Aws, instances: readonly Instance[]): Promise<readonly PermissionSetPlace[]> {
  const pace = atMostPerSecond(CALLS_PER_SECOND);
  const byInstance = await oneByOne(instances, async ({ InstanceArn, region }) => {
    const client = new SSOAdminClient(aws.settingsIn(region));
    client.middlewareStack.use(pace());
    const arns = await listed(
      'sso:ListPermissionSets',
      (NextToken) => client.send(new ListPermissionSetsCommand({ InstanceArn, NextToken })),
      (page) => ({ items: page.PermissionSets, next: page.NextToken }),
    );
    return arns.map((PermissionSetArn) => ({ client, InstanceArn, PermissionSetArn }));
  });
  return byInstance.flat();
}

type Place = Omit<PermissionSetPlace, 'client'>;

/** A permission set. If access to its policies is denied, it is returned without them. */
async function permissionSet({ client, ...place }: PermissionSetPlace): Promise<Json> {
  const { PermissionSet } = await answered('sso:DescribePermissionSet', client.send(new DescribePermissionSetCommand(place)));
  try {
    return { ...jsonObject(PermissionSet), ...(await grants(client, place)) };
  } catch (error) {
    if (!(error instanceof FailedCall)) throw error;
    return { ...jsonObject(PermissionSet), Unavailable: hidden(error) };
  }
}

function jsonObject(value: unknown): Readonly<Record<string, Json>> {
  const json = toJson(value);
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Readonly<Record<string, Json>>) : {};
}

async function grants(client: SSOAdminClient, place: Place): Promise<Readonly<Record<string, Json>>> {
  const managed = await listed(
    'sso:ListManagedPoliciesInPermissionSet',
    (NextToken) => client.send(new ListManagedPoliciesInPermissionSetCommand({ ...place, NextToken })),
    (page) => ({ items: page.AttachedManagedPolicies, next: page.NextToken }),
  );
  const references = await listed(
    'sso:ListCustomerManagedPolicyReferencesInPermissionSet',
    (NextToken) => client.send(new ListCustomerManagedPolicyReferencesInPermissionSetCommand({ ...place, NextToken })),
    (page) => ({ items: page.CustomerManagedPolicyReferences, next: page.NextToken }),
  );
  const { InlinePolicy = '' } = await answered(
    'sso:GetInlinePolicyForPermissionSet',
    client.send(new GetInlinePolicyForPermissionSetCommand(place)),
  );
  return {
    ManagedPolicies: toJson(managed),
    CustomerManagedPolicies: toJson(references),
    InlinePolicy,
    PermissionsBoundary: await boundary(client, place),
  };
}

/** The permissions boundary of a permission set, or null: AWS returns ResourceNotFoundException if there is none. */
async function boundary(client: SSOAdminClient, place: Place): Promise<Json> {
  try {
    const asked = client.send(new GetPermissionsBoundaryForPermissionSetCommand(place));
    return toJson((await answered('sso:GetPermissionsBoundaryForPermissionSet', asked)).PermissionsBoundary ?? null);
  } catch (error) {
    if (error instanceof FailedCall && errorCode(error.cause) === 'ResourceNotFoundException') return null;
    throw error;
  }
}
