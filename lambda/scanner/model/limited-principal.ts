/** A user or role that may do less than before, because SCPs deny what its own policies allow. */
export interface LimitedPrincipal {
  readonly account: string;
  readonly arn: string;
  /** The services that can assume the role, and that may then fail. */
  readonly services: readonly string[];
  /** The first of the actions that are no longer allowed, at least on some resources. */
  readonly actions: readonly string[];
  /** The first of those that are now allowed only under further conditions. Both empty: too much to compare. */
  readonly conditionalActions: readonly string[];
}
