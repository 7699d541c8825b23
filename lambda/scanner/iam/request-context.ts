import { DAY, toIso } from '../model/instant.ts';
import type { Context, ContextValue, UnknownValue } from '../policy/context.ts';
import { isKeyOfSession, unknownValue } from '../policy/global-keys.ts';
import type { Account } from './account.ts';
import { type ActionFacts, factsOfAction } from './action-table.ts';
import type { Principal } from './principal.ts';

/** Values among which the caller chooses, as patterns with `*` and `?`. */
export type ChosenAmong = Pick<UnknownValue, 'among' | 'except' | 'orAbsent'>;

/**
 * The values of condition keys (lower case) that one request sets, beyond what the caller tells; null: absent, undefined: not set
 * by this request.
 */
export type RequestKeys = (key: string) => readonly string[] | ChosenAmong | null | undefined;

/** A request that sets no condition key itself. */
export const noRequestKeys: RequestKeys = () => undefined;

/** The keys with which a call names the role that it passes. */
export const roleKeys: ReadonlySet<string> = new Set([
  'cloudformation:rolearn',
  'codebuild:servicerole',
  'ec2:instanceprofile',
  'ec2:newinstanceprofile',
]);

/** A request that passes no role, and sets no other condition key. */
export const passesNoRole: RequestKeys = (key) => (roleKeys.has(key) ? null : undefined);

const present = (...values: readonly string[]): ContextValue => ({ state: 'present', values });
const absent: ContextValue = { state: 'absent' };
const chosen = (among: ChosenAmong = {}): ContextValue => ({ state: 'unknown', controlledBy: 'caller', ...among });

/** What a request sets a condition key to. */
export function givenValue(given: Exclude<ReturnType<RequestKeys>, undefined>): ContextValue {
  if (given === null) return absent;
  return isList(given) ? present(...given) : chosen(given);
}

const isList = (given: readonly string[] | ChosenAmong): given is readonly string[] => Array.isArray(given);

/** The account that a request is sent to. */
export interface RequestAccount extends Pick<Account, 'accountId' | 'partition' | 'now'> {
  readonly facts: Pick<Account['facts'], 'organization'>;
}

/** The caller of a request, as far as condition keys tell it. */
export interface Requester extends Pick<Principal, 'kind' | 'arn' | 'settableKeys' | 'through'> {
  readonly hasForeignTags?: boolean;
  readonly providedTags?: readonly string[];
  readonly refusesSourceIdentity?: boolean;
  readonly identity: Pick<Principal['identity'], 'name' | 'id' | 'tags'>;
}

/** The request context when the principal calls the action: what is known of each condition key. */
export function requestContext(
  account: RequestAccount,
  principal: Requester,
  action: string,
  keys: RequestKeys = noRequestKeys,
  resource?: string,
): Context {
  return (key) => {
    const given = keys(key);
    if (given !== undefined) return givenValue(given);
    const forwarded =
      principal.through !== undefined && action.startsWith('iam:') ? forwardedKey(principal.through, key) : undefined;
    if (forwarded !== undefined) return forwarded;
    if (principal.settableKeys.some((settable) => key.startsWith(settable))) return chosen();
    return principalKey(account, principal, key) ?? requestKey(account, action, key, resource) ?? unknownValue(key);
  };
}

/**
 * Keys of a call that a service makes with the rights of its caller.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
function forwardedKey(service: string, key: string): ContextValue | undefined {
  if (key.startsWith('aws:calledvia')) return present(service);
  if (key === 'aws:viaawsservice') return present('true');
  return key === 'aws:sourceip' || /^aws:(source)?vpc/.test(key) ? absent : undefined;
}

/** Keys about the caller. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function principalKey(account: RequestAccount, principal: Requester, key: string): ContextValue | undefined {
  const { kind, identity, arn, refusesSourceIdentity } = principal;
  switch (key) {
    case 'aws:principalarn':
      return present(arn);
    case 'aws:principalaccount':
      return present(account.accountId);
    case 'aws:principaltype':
      return present(kind === 'user' ? 'User' : 'AssumedRole');
    case 'aws:username':
      return kind === 'user' ? present(identity.name) : absent;
    case 'aws:userid':
      // The session name is that of the caller who assumed the role.
      return kind === 'user' ? present(identity.id) : chosen({ among: [`${identity.id}:*`] });
    // Only sessions of roles have an identity provider, or a source identity.
    case 'aws:federatedprovider':
      return kind === 'user' ? absent : undefined;
    case 'aws:sourceidentity':
      return kind === 'user' || refusesSourceIdentity ? absent : undefined;
    case 'aws:principalorgid':
      return organizationId(account);
    case 'aws:principalorgpaths':
      return organizationPath(account);
    case 'aws:tokenissuetime':
      // A user chooses between a session and its access key, which has no issue time.
      return chosen({ among: issueTimes(account), ...(kind === 'user' ? { orAbsent: true } : {}) });
    default:
      // They tell where a service has handed out the session of a role.
      if (kind === 'user' && isKeyOfSession(key)) return absent;
      // Tags of a session take the place of those of the role.
      return key.startsWith('aws:principaltag/') ? principalTag(principal, key.slice('aws:principaltag/'.length)) : undefined;
  }
}

const principalTag = ({ identity: { tags }, hasForeignTags, providedTags = [] }: Requester, name: string) =>
  hasForeignTags || providedTags.some((begin) => name.startsWith(begin)) ? undefined : tagValue(tags, name);

/** A date further away means never, such as 2099. Data without a date is read as of 1970. */
const YEARS_TO_WAIT = 70;
const LAST_INSTANT = 8.64e15;

/**
 * When a session may start: now, or any time later, as the two ends of it. A caller can wait for a session of a time
 * that is not revoked. Saved data may be younger than the newest date that it proves, and tell of sessions revoked since.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
const issueTimes = ({ now }: RequestAccount): readonly string[] =>
  [now, Math.min(now + YEARS_TO_WAIT * 365 * DAY, LAST_INSTANT)].map(toIso);

const organizationId = ({ facts: { organization } }: RequestAccount): ContextValue | undefined => {
  if (organization.status === 'unavailable') return undefined;
  return organization.value === undefined ? absent : present(organization.value.id);
};

const organizationPath = ({ facts: { organization } }: RequestAccount): ContextValue | undefined => {
  if (organization.status === 'unavailable') return undefined;
  if (organization.value === undefined) return absent;
  return organization.value.path === undefined ? undefined : present(organization.value.path);
};

/** Tag keys are case-insensitive in conditions. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
export function tagValue(tags: ReadonlyMap<string, string>, name: string): ContextValue {
  for (const [tag, value] of tags) if (tag.toLowerCase() === name) return present(value);
  return absent;
}

/** Global services: they answer in one Region of each partition, whichever Region the caller uses. */
const globalServices = new Set(['iam', 'organizations', 'account']);
const globalRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
};

/** Keys about the request (lower case): it is made directly, to this account, now. Undefined: not known, or of the caller. */
export function requestKey(account: RequestAccount, action: string, key: string, resource?: string): ContextValue | undefined {
  switch (key) {
    case 'aws:currenttime':
      return present(toIso(account.now));
    case 'aws:epochtime':
      return present(String(Math.floor(account.now / 1000)));
    case 'aws:viaawsservice':
    case 'aws:principalisawsservice':
      return present('false');
    case 'aws:calledvia':
    case 'aws:calledviafirst':
    case 'aws:calledvialast':
    case 'aws:sourcearn':
    case 'aws:sourceaccount':
    case 'aws:sourceorgid':
    case 'aws:sourceorgpaths':
      return absent;
    case 'iam:roletemplatearn':
      // Only inside iam:AcquireRole, which makes calls of its own with the rights of its caller.
      return absent;
    case 'aws:requestedregion':
      return requestedRegion(account, action);
    case 'aws:resourceaccount':
      return present(account.accountId);
    case 'aws:resourceorgid':
      return organizationId(account);
    case 'aws:resourceorgpaths':
      return organizationPath(account);
    default:
      return isOfAction(action, key, resource) ? undefined : absent;
  }
}

function requestedRegion({ partition }: RequestAccount, action: string): ContextValue | undefined {
  const region = globalServices.has(action.slice(0, action.indexOf(':'))) ? globalRegions[partition] : undefined;
  return region === undefined ? undefined : present(region);
}

/**
 * Whether a request for the action, on a resource of this type, can have the key. A key of a service or a tag that it does not
 * support is absent.
 */
function isOfAction(action: string, key: string, resource: string | undefined): boolean {
  const facts = factsOfAction(action);
  const isGeneral = key.startsWith('aws:')
    ? !key.startsWith('aws:requesttag/') && !key.startsWith('aws:resourcetag/') && key !== 'aws:tagkeys'
    : isKeyOfSession(key);
  if (facts === undefined || isGeneral) return true;
  return keysOn(facts, resource).some((pattern) =>
    pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern,
  );
}

/** A call on several resources is checked on each, with the keys of its type. */
function keysOn({ byType, keys }: ActionFacts, resource: string | undefined): readonly string[] {
  if (byType === undefined || resource === undefined) return keys;
  const type = typeOf(resource);
  return Object.entries(byType).find(([template]) => typeOf(template) === type)?.[1] ?? keys;
}

/** The service and the resource type in an ARN, or in the form of one: `ec2 instance`. */
const typeOf = (arn: string): string => {
  const [, , service, , , resource] = arn.split(':');
  return `${service} ${resource?.split('/')[0]}`;
};
