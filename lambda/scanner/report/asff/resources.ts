import type { AccessKey } from '../../facts/access-keys.ts';
import type { Group, ManagedPolicy, Role, Tags, User } from '../../facts/identity.ts';
import type { Reported } from '../../model/informational-record.ts';
import type { Json } from '../../model/json.ts';
import { ifCollected } from '../../model/observed.ts';
import type { ObservedFacts } from '../../facts/snapshot.ts';
import type { AsffResource } from './finding.ts';
import { accessKeyDetails, groupDetails, policyDetails, roleDetails, userDetails } from './iam-details.ts';
import { fit, limits } from './limits.ts';

/** The resources of an account, for the details of findings. */
export interface ResourceIndex {
  readonly users: ReadonlyMap<string, User>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly policies: ReadonlyMap<string, ManagedPolicy>;
  /** By access key ID. */
  readonly keys: ReadonlyMap<string, AccessKey>;
}

/** The account and Region that the findings are for. */
export interface HubLocation {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** No resources: findings get no details. */
export const noResources: ResourceIndex = {
  users: new Map(),
  roles: new Map(),
  groups: new Map(),
  policies: new Map(),
  keys: new Map(),
};

/** Indexes the collected resources of one account. */
export function resourceIndex({ identities, accessKeys }: ObservedFacts<'identities' | 'accessKeys'>): ResourceIndex {
  if (identities.status === 'unavailable') return noResources;
  const { users, roles, groups, policies } = identities.value;
  const byUser = accessKeys.status === 'collected' ? [...accessKeys.value.values()] : [];
  const keys = byUser.flatMap((fact) => ifCollected(fact) ?? []);
  return {
    users: byArn(users),
    roles: byArn(roles),
    groups: byArn(groups),
    policies: byArn(policies),
    keys: new Map(keys.map((key) => [key.id, key])),
  };
}

const byArn = <T extends { readonly arn: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.arn, item]));

/** The resource of the finding, and for an access key also its user. The resource itself comes first: consoles show only the first. */
export function resourcesOf({ resource }: Reported, index: ResourceIndex, place: HubLocation): readonly AsffResource[] {
  const { type, arn, name } = resource;
  switch (type) {
    case 'AwsIamUser':
      return [userResource(arn, name, index, place)];
    case 'AwsIamRole': {
      const role = index.roles.get(arn);
      return [{ ...base(type, arn, place), ...tagsOf(role?.tags), ...details(type, role && roleDetails(role)) }];
    }
    case 'AwsIamGroup': {
      const group = index.groups.get(arn);
      return [{ ...base(type, arn, place), ...details(type, group && groupDetails(group)) }];
    }
    case 'AwsIamPolicy': {
      const policy = index.policies.get(arn);
      return [{ ...base(type, arn, place), ...details(type, policy && policyDetails(policy)) }];
    }
    case 'AwsIamAccessKey':
      return [keyResource(arn, name, index, place), userResource(arn, arn.split('/').at(-1) ?? name, index, place)];
    case 'AwsAccount':
      return [{ ...base(type, arn, place), ...other({ AccountId: place.account }) }];
    case 'AwsIamServerCertificate':
    case 'AwsIamIdentityProvider':
    case 'AwsRolesAnywhereProfile':
    case 'AwsRolesAnywhereTrustAnchor':
      // Security Hub has no type for these. https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resources-attributes.html
      return [{ ...base('Other', arn, place), ...other({ Type: type, Name: name }) }];
  }
}

// The only values that Security Hub accepts. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Resource.html
const hubPartitions: readonly string[] = ['aws', 'aws-cn', 'aws-us-gov'];

const base = (type: string, id: string, { partition, region }: HubLocation) => ({
  Type: type,
  Id: fit(id, limits.resourceId),
  ...(hubPartitions.includes(partition) ? { Partition: partition } : {}),
  Region: region,
});

function userResource(arn: string, name: string, index: ResourceIndex, place: HubLocation): AsffResource {
  const user = index.users.get(arn);
  const known = user ? userDetails(user) : { UserName: name };
  return { ...base('AwsIamUser', arn, place), ...tagsOf(user?.tags), ...details('AwsIamUser', known) };
}

/** An access key, named by its ID as GuardDuty does. A key that is known by number only (from the credential report) is named by its user. */
function keyResource(arn: string, name: string, index: ResourceIndex, place: HubLocation): AsffResource {
  if (!/^[A-Z0-9]{16,128}$/.test(name)) return { ...base('AwsIamAccessKey', `${arn}#${name}`, place), ...other({ Name: name }) };
  const known = accessKeyDetails(name, place.account, index.keys.get(name), index.users.get(arn));
  return { ...base('AwsIamAccessKey', `AWS::IAM::AccessKey:${name}`, place), ...details('AwsIamAccessKey', known) };
}

type Fields = Readonly<Record<string, Json>>;

const details = (type: string, fields: Fields | undefined) => (fields ? { Details: { [type]: fitAll(fields) } } : {});

const other = (fields: Readonly<Record<string, string>>) => ({ Details: { Other: fitAll(fields) } });

/** Shortens every text in the details to what Security Hub accepts, and replaces blank ones. The trust policy has a limit of its own. */
function fitAll(value: Json, key = ''): Json {
  if (typeof value === 'string')
    return fit(value, key === 'AssumeRolePolicyDocument' ? limits.trustPolicy : limits.productFieldValue);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => fitAll(item));
  return Object.fromEntries(Object.entries(value).map(([name, item]: readonly [string, Json]) => [name, fitAll(item, name)]));
}

function tagsOf(tags: Tags | undefined) {
  if (!tags || tags.size === 0) return {};
  const pairs = [...tags].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, limits.tags);
  return { Tags: Object.fromEntries(pairs.map(([key, value]) => [fit(key, limits.tagKey), fit(value, limits.tagValue)])) };
}
