import { toIso } from '../../model/instant.ts';
import type { Context, ContextValue } from '../context.ts';
import { controllerOf } from '../global-keys.ts';
import type { Request } from '../decide.ts';
import { UNNAMED, type PolicyAccount, unnamed } from './unnamed-resource.ts';

/** The account and the time of a request. */
export interface RequestSetting extends PolicyAccount {
  readonly now: number;
}

/** Condition keys (lower case) that override those of a plain request; null: absent. */
export type GivenKeys = Readonly<Record<string, string | null>>;

/**
 * Keys whose conditions restrict no caller: callers set the value that they like, or the condition only limits requests to the
 * organization.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const free = new Set([
  ...['aws:requestedregion', 'aws:useragent', 'aws:referer'],
  ...['aws:principalorgid', 'aws:principalorgpaths', 'aws:resourceorgid', 'aws:resourceorgpaths'],
  ...['sts:externalid', 'sts:rolesessionname', 'sts:sourceidentity', 'sts:durationseconds'],
]);

/** Whether a condition on the key restricts no caller. */
export const isFree = (key: string): boolean => free.has(key);

const present = (value: string): ContextValue => ({ state: 'present', values: [value] });
const absent: ContextValue = { state: 'absent' };

/** Global services, which answer in one Region of a partition: every request to them is made there. */
const globalServices = new Set(['iam', 'organizations']);
const globalRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
};

/** An address that belongs to no network: RFC 5737 reserves it for documentation. */
const ADDRESS = '192.0.2.1';

/**
 * A plain request on a resource of the form of the template: from an unnamed caller and any network, direct, now. Whether it has
 * MFA or tags, or comes from a VPC, is unknown.
 */
export function plainRequest(scene: RequestSetting, action: string, template: string, said: GivenKeys = {}): Request {
  const region = globalServices.has(action.slice(0, action.indexOf(':'))) ? globalRegions[scene.partition] : undefined;
  const context: Context = (key) => {
    const value = said[key];
    if (value !== undefined) return value === null ? absent : present(value);
    if (key === 'aws:requestedregion' && region !== undefined) return present(region);
    return plainValue(key, scene) ?? { state: 'unknown', controlledBy: isFree(key) ? 'caller' : controllerOf(key) };
  };
  return { action, resource: unnamed(template, scene), context };
}

function plainValue(key: string, scene: RequestSetting): ContextValue | undefined {
  switch (key) {
    case 'aws:principalarn':
      return present(unnamed('arn:{partition}:iam::{account}:role/*', scene));
    case 'aws:principalaccount':
    case 'aws:resourceaccount':
      return present(scene.accountId);
    case 'aws:currenttime':
      return present(toIso(scene.now));
    case 'aws:epochtime':
      return present(String(Math.floor(scene.now / 1000)));
    case 'aws:securetransport':
      return present('true');
    case 'aws:sourceip':
      return present(ADDRESS);
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
    case 'iam:passedtoservice':
      return present(`${UNNAMED}.amazonaws.com`);
    case 'iam:associatedresourcearn':
      return present(unnamed('arn:{partition}:*:*:{account}:*', scene));
    default:
      return undefined;
  }
}
