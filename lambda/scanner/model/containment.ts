/** One command that ends something that the holder of a credential has, or could have. */
export interface ContainmentStep {
  readonly account: string;
  /** The user or role that it is about. */
  readonly principal: string;
  /** What it ends: `access key AKIA… of user ci`. */
  readonly ends: string;
  readonly command: string;
  /** Whether the holder surely can act as the principal; otherwise conditions are open. */
  readonly certain: boolean;
}

/** What a person has to look at, because no fact tells whether the holder did it. */
export interface ContainmentReview {
  readonly account: string;
  readonly text: string;
  /** A command that shows it. */
  readonly command?: string;
}

/** A user or role as which the holder of the credential can act. */
export interface ContainedPrincipal {
  readonly arn: string;
  readonly account: string;
  readonly certain: boolean;
  /** The last step to it; absent: the credential is its own. */
  readonly via?: { readonly from: string; readonly rule: string; readonly title: string };
}

/** How to end what a stolen credential reaches. */
export interface Containment {
  /** The user or role whose credential was stolen. */
  readonly principal: string;
  readonly account: string;
  /** The access key that was named, if one was. */
  readonly accessKeyId?: string;
  /** Since when the holder may have the credential, ISO 8601: other credentials that are older are not its own. */
  readonly since: string;
  /** Sessions that were issued before this time are denied, ISO 8601. */
  readonly sessionsBefore: string;
  readonly reach: readonly ContainedPrincipal[];
  /** In the order in which to run them. */
  readonly steps: readonly ContainmentStep[];
  readonly review: readonly ContainmentReview[];
  /** What no command ends. */
  readonly remains: readonly string[];
}
