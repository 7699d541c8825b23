/** The version of the policy language. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
export type LanguageVersion = '2008-10-17' | '2012-10-17';

/** What a statement does where it matches. */
export type Effect = 'Allow' | 'Deny';

/** The patterns of `Action` or `Resource`, or (`negated`) of `NotAction` or `NotResource`. */
export interface PatternSet {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

/** The kinds of principal that a policy can name. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

/** One of {@link principalTypes}. */
export type PrincipalElementType = (typeof principalTypes)[number];

/** One principal of `Principal` or `NotPrincipal`. `"*"` alone is parsed as `{ type: 'AWS', value: '*', isAlone: true }`. */
export interface PrincipalEntry {
  readonly type: PrincipalElementType;
  readonly value: string;
  /** Whether it is `"*"` alone, which also means federated callers and services. `{"AWS": "*"}` does not mean federated callers. */
  readonly isAlone?: true;
}

/** The `Principal` element, or (`negated`) the `NotPrincipal` element. */
export interface PrincipalElement {
  readonly negated: boolean;
  readonly entries: readonly PrincipalEntry[];
}

/** The comparison of one value of the request with one value of the policy; `Null` tests only for presence. */
export const operatorNames = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnNotEquals',
  'ArnLike',
  'ArnNotLike',
  'Null',
] as const;

/** One of {@link operatorNames}. */
export type OperatorName = (typeof operatorNames)[number];

/** How a key with several values is compared. */
export type Qualifier = 'ForAnyValue' | 'ForAllValues';

/** `ForAnyValue:StringLikeIfExists`, parsed. */
export interface ConditionOperator {
  readonly name: OperatorName;
  readonly qualifier?: Qualifier;
  readonly ifExists: boolean;
}

/** One operator on one key: `"StringLike": { "aws:PrincipalArn": [...] }`. `key` is as written; keys ignore case. */
export interface Condition {
  readonly operator: ConditionOperator;
  readonly key: string;
  readonly values: readonly string[];
}

/** One statement; `index` is its place in the document, from 0. */
export interface Statement {
  readonly index: number;
  readonly sid?: string;
  readonly effect: Effect;
  readonly action: PatternSet;
  readonly resource?: PatternSet;
  readonly principal?: PrincipalElement;
  readonly conditions: readonly Condition[];
}

/** A well-formed policy document. */
export interface Policy {
  readonly kind: 'policy';
  readonly version: LanguageVersion;
  readonly statements: readonly Statement[];
}

/** A document that AWS would not have accepted: nothing can be concluded from it. `reason` tells the place. */
export interface MalformedPolicy {
  readonly kind: 'malformed';
  readonly reason: string;
}

/** A parsed policy document. */
export type ParsedPolicy = Policy | MalformedPolicy;

/** The operator as policies write it, `ForAnyValue:StringLikeIfExists`. */
export function operatorText({ name, qualifier, ifExists }: ConditionOperator): string {
  return `${qualifier === undefined ? '' : `${qualifier}:`}${name}${ifExists ? 'IfExists' : ''}`;
}
