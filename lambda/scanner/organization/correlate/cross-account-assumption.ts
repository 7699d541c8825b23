import { type AuthorizationResult, allOf, granted, refused, conditional } from '../../iam/authorization-result.ts';
import { resultOf, unreadableLimitCondition } from '../../iam/authorization.ts';
import { type Requester, type RequestAccount, requestContext } from '../../iam/request-context.ts';
import { namesAccount, namesPrincipal } from '../../iam/trust-policy.ts';
import { collected } from '../../model/observed.ts';
import { type CompiledStatement, compilePolicy, createVocabulary } from '../../policy/compile.ts';
import type { Context } from '../../policy/context.ts';
import { type PolicyInForce, decide } from '../../policy/decide.ts';
import type { PrincipalEntry } from '../../policy/policy.ts';
import type { AccountEdges, EdgePrincipal, ResidualLimit, ResidualPolicy } from '../edges.ts';
import { ASSUME_ROLE } from '../assume-role-policy.ts';

/** A cross-account principal. */
export interface CrossAccountPrincipal {
  readonly principal: EdgePrincipal;
  /** Condition keys that it can set to any value; only for the synthetic admin. */
  readonly settableKeys?: readonly string[];
  readonly account: AccountEdges;
}

/** One side of an assumption, compiled: what allows it, and what limits it. */
export interface CompiledPolicies {
  readonly policies: readonly PolicyInForce[];
  readonly limits: readonly { readonly limit: ResidualLimit; readonly policies: readonly PolicyInForce[] }[];
}

const vocabulary = createVocabulary([ASSUME_ROLE]);

const compile = (policies: readonly ResidualPolicy[]): readonly PolicyInForce[] =>
  policies.map(({ origin, version, statements }) => ({
    origin,
    policy: compilePolicy({ kind: 'policy', version, statements }, vocabulary),
  }));

/** Compiles one side, for many decisions. */
export const compilePolicies = (policies: readonly ResidualPolicy[], limits: readonly ResidualLimit[]): CompiledPolicies => ({
  policies: compile(policies),
  limits: limits.map((limit) => ({ limit, policies: limit.policies === 'unreadable' ? [] : compile(limit.policies) })),
});

/**
 * The identity side: whether the account of the principal allows it to assume the role. Of the role, its ARN and its account are
 * known.
 */
export const identityAllows = (
  policies: CompiledPolicies,
  principal: CrossAccountPrincipal,
  role: string,
  destination: AccountEdges,
): AuthorizationResult =>
  askAs(principal, keysOf(destination), (context) => {
    const request = { action: ASSUME_ROLE, resource: role, context };
    return allOf(
      () => resultOf(decide(policies.policies, request), (by) => ({ kind: 'deny', text: `Denied by ${by}` })),
      ...withinLimits(policies, role, context),
    );
  });

/** The trust side: whether the role allows the principal, by its trust policy and the RCPs that apply to it. */
export const trustAllows = (
  policies: CompiledPolicies,
  caller: CrossAccountPrincipal,
  role: string,
  destination: AccountEdges,
): AuthorizationResult =>
  askAs(caller, keysOf(destination), (context) => {
    const request = { action: ASSUME_ROLE, resource: role, context };
    const about = ({ source: { principal } }: CompiledStatement) => {
      if (principal === undefined) return false;
      return principal.negated
        ? !principal.entries.some((entry) => namesPrincipal(entry, requesterOf(caller)))
        : principal.entries.some((entry) => names(entry, caller));
    };
    return allOf(
      () =>
        resultOf(decide(policies.policies, request, about), () => ({
          kind: 'trust',
          text: `Denied by the trust policy of ${role}`,
        })),
      ...withinLimits(policies, role, context),
    );
  });

const names = (entry: PrincipalEntry, principal: CrossAccountPrincipal): boolean =>
  namesPrincipal(entry, requesterOf(principal)) || namesAccount(entry, { accountId: principal.account.account });

const withinLimits = ({ limits }: CompiledPolicies, role: string, context: Context): readonly (() => AuthorizationResult)[] =>
  limits.map(({ limit: { kind, name, policies: known }, policies }) => () => {
    if (known === 'unreadable') return conditional(unreadableLimitCondition(kind, name));
    const decision = decide(policies, { action: ASSUME_ROLE, resource: role, context });
    const answer = resultOf(decision, () => ({ kind, text: name }));
    return answer.kind === 'granted' ? granted([], answer.conditions) : refused([{ kind, text: name }]);
  });

const requesterOf = ({ principal: { arn, kind, name, id, tags }, settableKeys = [] }: CrossAccountPrincipal): Requester => ({
  arn,
  kind,
  identity: { name, id, tags: new Map(tags) },
  settableKeys,
});

type ResourceKeys = (key: string) => readonly string[] | undefined;

const keysOf =
  ({ account, organizationId, organizationPath }: AccountEdges): ResourceKeys =>
  (key) => {
    switch (key) {
      case 'aws:resourceaccount':
        return [account];
      case 'aws:resourceorgid':
        return organizationId === undefined ? undefined : [organizationId];
      case 'aws:resourceorgpaths':
        return organizationPath === undefined ? undefined : [organizationPath];
      default:
        return undefined;
    }
  };

const sessionKeys = new Set(['aws:multifactorauthpresent', 'aws:multifactorauthage', 'aws:tokenissuetime']);

/** A user with an access key can sign with it. The request then has no MFA keys, where that serves it better. */
function askAs(
  principal: CrossAccountPrincipal,
  keys: ResourceKeys,
  ask: (context: Context) => AuthorizationResult,
): AuthorizationResult {
  const context = requestContext(requestAccountOf(principal.account), requesterOf(principal), ASSUME_ROLE, keys);
  const answer = ask(context);
  if (answer.kind === 'refused' || answer.certain || principal.principal.keys.length === 0) return answer;
  const byKey = ask((key) => (sessionKeys.has(key) ? { state: 'absent' } : context(key)));
  return byKey.kind === 'granted' && byKey.certain ? byKey : answer;
}

function requestAccountOf({ account, partition, takenAt, organizationId, organizationPath }: AccountEdges): RequestAccount {
  const organization =
    organizationId === undefined
      ? undefined
      : {
          id: organizationId,
          managementAccountId: '',
          ...(organizationPath === undefined ? {} : { path: organizationPath }),
        };
  return { accountId: account, partition, now: Date.parse(takenAt), facts: { organization: collected(organization) } };
}
