import { parseArn } from '../model/arn.ts';
import type { Context, ContextValue } from '../policy/context.ts';
import { decide } from '../policy/decide.ts';
import { unknownValue } from '../policy/global-keys.ts';
import type { PrincipalElement } from '../policy/policy.ts';
import type { Account } from './account.ts';
import { type AuthorizationResult, allOf } from './authorization-result.ts';
import { resultOf } from './authorization.ts';
import type { Principal, RolePrincipal } from './principal.ts';
import { rcpsAllowRequest } from './resource-control-policies.ts';
import { type RequestKeys, givenValue, requestKey } from './request-context.ts';
import { withTags } from './target-tags.ts';
import { sessionKeys, trustPolicy } from './trust-policy.ts';

/** The kinds of identity providers, as their ARNs have them. */
export type ProviderKind = 'saml-provider' | 'oidc-provider';

/** The action by which the holder of an assertion or a token of a provider assumes a role. */
export const federatedAction = {
  'saml-provider': 'sts:AssumeRoleWithSAML',
  'oidc-provider': 'sts:AssumeRoleWithWebIdentity',
} as const satisfies Record<ProviderKind, string>;

const present = (value: string): ContextValue => ({ state: 'present', values: [value] });
const absent: ContextValue = { state: 'absent' };
const chosen: ContextValue = { state: 'unknown', controlledBy: 'caller' };

/**
 * Whether the whole trust policy of the role, and the RCPs of the account, let in who signs the assertions or tokens of the provider.
 * The signer chooses what they say, but neither the time nor its network. The answer names no statements. `principal` may tag the
 * role before.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html
 */
export function trustsSigner(
  account: Account,
  principal: Principal,
  role: RolePrincipal,
  kind: ProviderKind,
  provider: string,
): AuthorizationResult {
  const trust = trustPolicy(account, role);
  const ask = (keys: RequestKeys): AuthorizationResult => {
    const allows = (action: string, context: Context): AuthorizationResult => {
      const request = { action, resource: role.arn, context };
      const decision = decide(trust ? [trust] : [], request, ({ source }) => covers(source.principal, provider));
      return resultOf(decision, () => ({ kind: 'trust', text: `The trust policy of ${role.arn} denies ${provider}` }));
    };
    const action = federatedAction[kind];
    const plain = signedContext(account, action, kind, provider, keys);
    const context = signedContext(
      account,
      action,
      kind,
      provider,
      sessionKeys(keys, (consent) => allows(consent, plain)),
    );
    return allOf(
      () => allows(action, context),
      () => rcpsAllowRequest(account, { action, resource: role.arn, context }),
    );
  };
  const answer = withTags(account, principal, role, ask, trust ? [trust.policy] : []);
  return answer.kind === 'granted' ? { ...answer, statements: [] } : answer;
}

/** Whether a statement is about the provider. `{"AWS": "*"}` is about the principals of accounts. */
function covers(principal: PrincipalElement | undefined, provider: string): boolean {
  if (principal === undefined) return false;
  const isNamed = principal.entries.some(
    ({ type, value, isAlone }) => isAlone === true || (type === 'Federated' && value === provider),
  );
  return principal.negated ? !isNamed : isNamed;
}

/** The context of a request that carries an assertion or a token in place of a signature. */
function signedContext(account: Account, action: string, kind: ProviderKind, provider: string, keys: RequestKeys): Context {
  const name = parseArn(provider)?.resource.slice(kind.length + 1) ?? '';
  const claims = kind === 'saml-provider' ? 'saml:' : `${name.toLowerCase()}:`;
  return (key) => {
    const given = keys(key);
    if (given !== undefined) return givenValue(given);
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml
    if (key === 'saml:doc' && kind === 'saml-provider') return present(`${account.accountId}/${name}`);
    if (key.startsWith(claims)) return chosen;
    if (isClaim.test(key)) return absent;
    return callerKey(account, provider, key) ?? requestKey(account, action, key) ?? unknownValue(key);
  };
}

/** `saml:sub`, `token.example.com:sub`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
const isClaim = /^(saml|[^:]*\.[^:]*):/;

/** Keys about a caller that has no session yet; as STS decides them. Which organization it belongs to is not documented. */
function callerKey({ accountId }: Account, provider: string, key: string): ContextValue | undefined {
  switch (key) {
    case 'aws:principalaccount':
      return present(accountId);
    case 'aws:principaltype':
      return present('User');
    case 'aws:userid':
      return present(provider);
    case 'aws:principalarn':
    case 'aws:username':
    case 'aws:multifactorauthpresent':
    case 'aws:multifactorauthage':
    case 'aws:tokenissuetime':
      return absent;
    default:
      return undefined;
  }
}
