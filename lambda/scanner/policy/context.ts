/**
 * Who controls the value of a condition key that the snapshot cannot decide: the caller by the content of the request, the
 * environment (network, device, tags, session), or time.
 */
export type Controller = 'caller' | 'environment' | 'time';

/** What is known of one condition key in one request. A present key with no values counts as absent. */
export type ContextValue =
  | { readonly state: 'present'; readonly values: readonly string[] }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly controlledBy: Controller };

/** The request context: what is known of a condition key, given in lower case. */
export type Context = (key: string) => ContextValue;

const environmentKeys = new Set([
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
  'aws:viaawsservice',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:ec2instancesourcevpc',
  'aws:ec2instancesourceprivateipv4',
  'aws:federatedprovider',
  'aws:assumedroot',
  'aws:chatbotsourcearn',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principaltype',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  'aws:userid',
  'aws:username',
  'ec2:sourceinstancearn',
  'ec2:roledelivery',
  'lambda:sourcefunctionarn',
]);

const timeKeys = new Set(['aws:currenttime', 'aws:epochtime', 'aws:tokenissuetime']);

// Existing tags, services that forward a request, and the claims of an identity provider (`….com:sub`, `saml:aud`).
const environmentFamilies = [
  /^aws:principaltag\//,
  /:(resourcetag|existingobjecttag)\//,
  /^aws:calledvia/,
  /^saml:/,
  /^[^:]*\.[^:]*:/,
];

/**
 * Who controls a key that the snapshot cannot decide, by its description in the AWS documentation. A key that neither the
 * environment nor time controls is a parameter of the request, and so the caller controls it: `aws:RequestedRegion`,
 * `aws:RequestTag/…`, `sts:ExternalId`, `s3:prefix`, `ec2:InstanceType`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function controllerOf(key: string): Controller {
  const lower = key.toLowerCase();
  if (timeKeys.has(lower)) return 'time';
  if (environmentKeys.has(lower) || environmentFamilies.some((family) => family.test(lower))) return 'environment';
  return 'caller';
}
