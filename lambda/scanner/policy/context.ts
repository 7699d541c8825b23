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
  /** Patterns of values among these that are not possible all the same. */
  readonly except?: readonly string[];
  /** Whether the key may be absent too; only with `among`. */
  readonly orAbsent?: true;
  /** The value of a call that any caller can make: directly, from the internet, with plain credentials. */
  readonly usual?: KnownValue;
}

/** The request context: what is known of a condition key, given in lower case. */
export type Context = (key: string) => ContextValue;
