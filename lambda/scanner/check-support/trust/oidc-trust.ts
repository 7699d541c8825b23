import { parseArn } from '../../model/arn.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import type { Condition, Statement } from '../../policy/policy.ts';
import { type OidcIssuer, issuerOf } from '../data/oidc-issuers.ts';
import { type Denial, denialsOf } from './external-caller.ts';
import type { AssumeRequest } from './external-caller-types.ts';
import { type TrustedPrincipal, trustedPrincipals } from './trust-policies.ts';

/** An OpenID Connect issuer that a statement allows. */
export interface OidcTrustedPrincipal extends TrustedPrincipal {
  readonly issuer: OidcIssuer;
  /** The issuer without `https://`. */
  readonly url: string;
  /** The ARN of the identity provider; absent for the built-in ones of AWS. */
  readonly provider?: string;
}

/** Whether a principal of a trust policy is an OpenID Connect issuer. */
export const isOidc = ({ principal: { type, value }, actions }: TrustedPrincipal): boolean =>
  type === 'Federated' && actions.includes('sts:AssumeRoleWithWebIdentity') && !value.includes(':saml-provider/');

/** The OpenID Connect issuers that a trust policy allows. */
export const oidcTrustedPrincipals = (trust: CompiledPolicy): readonly OidcTrustedPrincipal[] =>
  trustedPrincipals(trust)
    .filter(isOidc)
    .map((trusted) => {
      const { value } = trusted.principal;
      const arn = parseArn(value);
      const url = arn ? arn.resource.slice('oidc-provider/'.length) : value;
      return { ...trusted, issuer: issuerOf(url), url, ...(arn ? { provider: value } : {}) };
    });

/** Whether the provider accepts only listed audiences, and the audience identifies the tenant of the issuer. */
const fixesAudience = ({ claims }: OidcIssuer, clientIds: readonly string[]): boolean =>
  clientIds.length > 0 && clientIds.every((id) => claims['aud']?.tenant?.test(`${id}:`) ?? false);

/**
 * Who can assume the role with a token of the issuer: `anybody` who can get one, every project of the `tenant`, or only what the
 * conditions name (undefined). The provider accepts tokens for these client IDs only.
 */
export function openTo(
  trust: CompiledPolicy,
  { issuer, url, statement }: OidcTrustedPrincipal,
  clientIds: readonly string[],
  request: AssumeRequest,
): 'anyone' | 'tenant' | undefined {
  const demands = demandsOf(denialsOf(trust, 'sts:AssumeRoleWithWebIdentity', request), statement.source);
  const fixes = (level: 'tenant' | 'project') =>
    demands.some(({ key, texts }) => {
      const claim = key.toLowerCase().startsWith(`${url.toLowerCase()}:`) ? key.slice(url.length + 1).toLowerCase() : '';
      const pattern = Object.hasOwn(issuer.claims, claim) ? issuer.claims[claim]?.[level] : undefined;
      return pattern !== undefined && texts.every((text) => pattern.test(text));
    });
  if (issuer.isShared && !fixes('tenant') && !fixesAudience(issuer, clientIds)) return 'anyone';
  return issuer.project === undefined || fixes('project') ? undefined : 'tenant';
}

/** A claim, and the values of which it must match one. */
interface Demand {
  readonly key: string;
  readonly texts: readonly string[];
}

/** What the statement requires of claims, and what a Deny of all other values requires whose other conditions are always met. */
function demandsOf(denials: readonly Denial[], allow: Statement): readonly Demand[] {
  const ofDenials = denials.flatMap(({ conditions, isMet }) =>
    conditions.flatMap((condition, index) =>
      isMet.every((met, other) => met || other === index) ? demandOf(condition, 'StringNot') : [],
    ),
  );
  return [...allow.conditions.flatMap((condition) => demandOf(condition, 'String')), ...ofDenials];
}

/** `…IfExists` and `ForAllValues` are met without the key, so they require nothing. In a Deny, `…IfExists` denies if the key is missing. */
function demandOf({ operator, key, values }: Condition, prefix: 'String' | 'StringNot'): readonly Demand[] {
  const { name, qualifier, ifExists } = operator;
  const comparison = name.startsWith(prefix) ? name.slice(prefix.length) : '';
  const isMetWithoutKey = prefix === 'String' && (ifExists || qualifier === 'ForAllValues');
  if (isMetWithoutKey || (prefix === 'StringNot' && qualifier !== undefined)) return [];
  switch (comparison) {
    case 'Like':
      return [{ key, texts: values.map((value) => `${value}:`) }];
    case 'Equals':
    case 'EqualsIgnoreCase':
      // StringEquals has no wildcards.
      return [{ key, texts: values.map((value) => `${value.replaceAll(/[*?]/g, '.')}:`) }];
    default:
      return [];
  }
}
