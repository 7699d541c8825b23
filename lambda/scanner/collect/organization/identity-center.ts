import {
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import type { Json } from '../../model/json.ts';
import type { Aws } from '../aws.ts';
import { answered, listed } from '../compute/look.ts';
import { FailedCall, errorCode } from '../failure.ts';
import { toJson } from '../to-json.ts';
import { collectDirectory } from './directory.ts';
import { type Instance, findInstances } from './identity-center-instances.ts';
import { hidden, observed, oneByOne } from './parts.ts';

/** Collects the permission sets, assignments, users and groups of IAM Identity Center, in the Region of its instance. */
export async function collectIdentityCenter(aws: Aws, managementAccountId: string | undefined) {
  let instances: readonly Instance[] = [];
  const Instances = await observed(async () => {
    instances = await findInstances(aws, managementAccountId);
    return toJson(instances.map(({ answer }) => answer));
  });
  if (isHidden(Instances))
    return { Instances, PermissionSets: Instances, AccountAssignments: Instances, ...hideDirectory(Instances) };
  const places = instances.flatMap(({ answer: { InstanceArn }, region }) =>
    InstanceArn === undefined ? [] : { client: new SSOAdminClient(aws.settingsIn(region)), instance: { InstanceArn } },
  );
  return {
    Instances,
    PermissionSets: await observed(async () =>
      (await oneByOne(places, ({ client, instance }) => permissionSets(client, instance))).flat(),
    ),
    AccountAssignments: await observed(async () =>
      (await oneByOne(places, ({ client, instance }) => assignments(client, instance))).flat(),
    ),
    ...(await collectDirectory(aws, instances)),
  };
}

const isHidden = (part: Json): boolean => typeof part === 'object' && part !== null && 'status' in part;

const hideDirectory = (why: Json) => ({ Users: why, Groups: why, GroupMemberships: why });

interface OfInstance {
  readonly InstanceArn: string;
}

const arnsOf = (client: SSOAdminClient, { InstanceArn }: OfInstance) =>
  listed(
    'sso:ListPermissionSets',
    (NextToken) => client.send(new ListPermissionSetsCommand({ InstanceArn, NextToken })),
    (page) => ({ items: page.PermissionSets, next: page.NextToken }),
  );

const permissionSets = async (client: SSOAdminClient, instance: OfInstance): Promise<readonly Json[]> =>
  oneByOne(await arnsOf(client, instance), (arn) => permissionSet(client, { ...instance, PermissionSetArn: arn }));

type Place = OfInstance & { readonly PermissionSetArn: string };

/** A permission set. If access to its policies is denied, it is returned without them. */
async function permissionSet(client: SSOAdminClient, place: Place): Promise<Json> {
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

async function assignments(client: SSOAdminClient, instance: OfInstance): Promise<readonly Json[]> {
  const bySet = await oneByOne(await arnsOf(client, instance), async (PermissionSetArn) => {
    const place = { ...instance, PermissionSetArn };
    const accounts = await listed(
      'sso:ListAccountsForProvisionedPermissionSet',
      (NextToken) => client.send(new ListAccountsForProvisionedPermissionSetCommand({ ...place, NextToken })),
      (page) => ({ items: page.AccountIds, next: page.NextToken }),
    );
    const byAccount = await oneByOne(accounts, (AccountId) =>
      listed(
        'sso:ListAccountAssignments',
        (NextToken) => client.send(new ListAccountAssignmentsCommand({ ...place, AccountId, NextToken })),
        (page) => ({ items: page.AccountAssignments, next: page.NextToken }),
      ),
    );
    return byAccount.flat();
  });
  return bySet.flat().map((assignment) => toJson(assignment));
}
