import { globalKey } from './global-keys.ts';

/**
 * Who controls the value of a condition key that the snapshot cannot decide: the caller by the content of the request, the
 * environment (network, device, tags, session), or time.
 */
export type Controller = 'caller' | 'environment' | 'time';

/** What is known of one condition key in one request. A present key with no values counts as absent. */
export type ContextValue = KnownValue | UnknownValue;

/** A value that the request is known to have, or not to have. */
export type KnownValue = { readonly state: 'present'; readonly values: readonly string[] } | { readonly state: 'absent' };

/** A value that the snapshot does not tell. */
export interface UnknownValue {
  readonly state: 'unknown';
  readonly controlledBy: Controller;
  /** The values that are possible, as patterns with `*` and `?`; without it, any. The caller chooses among them. */
  readonly among?: readonly string[];
  /** Whether the key may be absent too; only with `among`. */
  readonly orAbsent?: true;
  /** The value of a call that any caller can make: directly, from the internet, with plain credentials. */
  readonly usual?: KnownValue;
}

/** The request context: what is known of a condition key, given in lower case. */
export type Context = (key: string) => ContextValue;

// Existing tags, and the claims of an identity provider (`….com:sub`, `saml:aud`).
const environmentFamilies = [/:(resourcetag|existingobjecttag)\//, /^saml:/, /^[^:]*\.[^:]*:/];

/**
 * Who controls a key that the snapshot cannot decide, by its description in the AWS documentation. A key that neither the
 * environment nor time controls is a parameter of the request, and so the caller controls it: `aws:RequestedRegion`,
 * `aws:RequestTag/…`, `sts:ExternalId`, `s3:prefix`, `ec2:InstanceType`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function controllerOf(key: string): Controller {
  const lower = key.toLowerCase();
  const known = globalKey(lower);
  if (known !== undefined) return known.controlledBy;
  return environmentFamilies.some((family) => family.test(lower)) ? 'environment' : 'caller';
}

/** The value of a key (lower case) that nothing is known of. */
export function unknownValue(key: string): UnknownValue {
  const usual = globalKey(key)?.usual;
  return { state: 'unknown', controlledBy: controllerOf(key), ...(usual && { usual }) };
}
