import { type AuthorizationResult, allOf, granted, refused, conditional } from '../../iam/authorization-result.ts';
import { resultOf, unreadableLimitCondition } from '../../iam/authorization.ts';
import { type Requester, type RequestAccount, type RequestKeys, requestContext } from '../../iam/request-context.ts';
import type { TagAssignment } from '../../iam/tag-assignments.ts';
import { requestTags } from '../../iam/target-tags.ts';
import { ASSUME_ROLE, TAG_SESSION, namesAccount, namesPrincipal, sessionKeys } from '../../iam/trust-policy.ts';
import { collected } from '../../model/observed.ts';
import { type CompiledStatement, compilePolicy, createVocabulary } from '../../policy/compile.ts';
import type { Context } from '../../policy/context.ts';
import { type PolicyInForce, decide } from '../../policy/decide.ts';
import { unknownValue } from '../../policy/global-keys.ts';
import type { PrincipalEntry } from '../../policy/policy.ts';
import type { AccountEdges, EdgePrincipal, ResidualLimit, ResidualPolicy } from '../edges.ts';
import { assumeRoleActions } from '../assume-role-policy.ts';

/** A cross-account principal. */
export interface CrossAccountPrincipal {
  readonly principal: EdgePrincipal;
  /** Condition keys that it can set, and to which values; only for the synthetic admin. */
  readonly settableKeys?: readonly string[];
  readonly settableValues?: RequestKeys;
  /** Condition keys on tags that it has set before, to a value that fits. */
  readonly chosenTags?: readonly string[];
  readonly account: AccountEdges;
}

/** One side of an assumption, compiled: what allows it, and what limits it. */
export interface CompiledPolicies {
  readonly policies: readonly PolicyInForce[];
  readonly limits: readonly { readonly limit: ResidualLimit; readonly policies: readonly PolicyInForce[] }[];
}

const vocabulary = createVocabulary(assumeRoleActions);

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

/** Both sides of an assumption. */
export interface Sides {
  readonly identity: CompiledPolicies;
  readonly trust: CompiledPolicies;
}

/** Who assumes which role. */
export interface Assumption extends Sides {
  readonly caller: CrossAccountPrincipal;
  readonly role: string;
  readonly destination: AccountEdges;
  /** The tags that the caller gives to the session. */
  readonly sessionTags?: TagAssignment;
}

/**
 * The identity side: whether the account of the principal allows it to assume the role. Of the role, its ARN and its account are
 * known.
 */
export const identityAllows = (assumption: Assumption): AuthorizationResult => askSide(assumption, identitySide);

/** The trust side: whether the role allows the principal, by its trust policy and the RCPs that apply to it. */
export const trustAllows = (assumption: Assumption): AuthorizationResult => askSide(assumption, trustSide);

/** A session with tags needs an action of its own. */
function askSide(assumption: Assumption, side: typeof identitySide): AuthorizationResult {
  const { sessionTags } = assumption;
  const keys = sessionTags ? requestTags(sessionTags, withConsent(assumption)) : withConsent(assumption);
  const ask = (action: string) => askAs(assumption, action, keys, (context) => side(assumption, action, context));
  return allOf(
    () => ask(ASSUME_ROLE),
    () => (sessionTags ? ask(TAG_SESSION) : granted()),
  );
}

/** The keys of the request: what the caller adds needs the consent of both accounts. */
function withConsent(assumption: Assumption): RequestKeys {
  const keys = keysOf(assumption.destination);
  return sessionKeys(keys, (action) =>
    allOf(
      () => askAs(assumption, action, keys, (context) => identitySide(assumption, action, context)),
      () => askAs(assumption, action, keys, (context) => trustSide(assumption, action, context)),
    ),
  );
}

function identitySide({ identity, role }: Assumption, action: string, context: Context): AuthorizationResult {
  const request = { action, resource: role, context };
  return allOf(
    () => resultOf(decide(identity.policies, request), (by) => ({ kind: 'deny', text: `Denied by ${by}` })),
    ...withinLimits(identity, request),
  );
}

function trustSide({ trust, caller, role }: Assumption, action: string, context: Context): AuthorizationResult {
  const request = { action, resource: role, context };
  const about = ({ source: { principal } }: CompiledStatement) => {
    if (principal === undefined) return false;
    return principal.negated
      ? !principal.entries.some((entry) => namesPrincipal(entry, requesterOf(caller)))
      : principal.entries.some((entry) => names(entry, caller));
  };
  return allOf(
    () =>
      resultOf(decide(trust.policies, request, about), () => ({
        kind: 'trust',
        text: `Denied by the trust policy of ${role}`,
      })),
    ...withinLimits(trust, request),
  );
}

const names = (entry: PrincipalEntry, principal: CrossAccountPrincipal): boolean =>
  namesPrincipal(entry, requesterOf(principal)) || namesAccount(entry, { accountId: principal.account.account });

const withinLimits = (
  { limits }: CompiledPolicies,
  request: Parameters<typeof decide>[1],
): readonly (() => AuthorizationResult)[] =>
  limits.map(({ limit: { kind, name, policies: known }, policies }) => () => {
    if (known === 'unreadable') return conditional(unreadableLimitCondition(kind, name));
    const answer = resultOf(decide(policies, request), () => ({ kind, text: name }));
    return answer.kind === 'granted' ? granted([], answer.conditions) : refused([{ kind, text: name }]);
  });

const requesterOf = ({
  principal: { arn, kind, name, id, tags, providedTags, refusesSourceIdentity },
  settableKeys = [],
  chosenTags = [],
}: CrossAccountPrincipal): Requester => ({
  arn,
  kind,
  identity: { name, id, tags: new Map(tags) },
  ...(providedTags && { providedTags }),
  ...(refusesSourceIdentity && { refusesSourceIdentity }),
  settableKeys: [...settableKeys, ...chosenTags],
});

const keysOf =
  ({ account, organizationId, organizationPath, isOutside }: AccountEdges): RequestKeys =>
  (key) => {
    switch (key) {
      case 'aws:resourceaccount':
        return [account];
      case 'aws:resourceorgid':
        return placeOf(organizationId, isOutside);
      case 'aws:resourceorgpaths':
        return placeOf(organizationPath, isOutside);
      default:
        return undefined;
    }
  };

/** An account outside counts as one of no organization: most conditions treat one of another organization alike. */
const placeOf = (value: string | undefined, isOutside: true | undefined): ReturnType<RequestKeys> =>
  isOutside ? null : value === undefined ? undefined : [value];

/** Where it is not known in which organization the role is, the keys about that are not those of the caller's account. */
const isUnplaced = ({ organizationId, organizationPath }: AccountEdges, key: string): boolean =>
  (key === 'aws:resourceorgid' && organizationId === undefined) ||
  (key === 'aws:resourceorgpaths' && organizationPath === undefined);

const keysOfSession = new Set(['aws:multifactorauthpresent', 'aws:multifactorauthage', 'aws:tokenissuetime']);

/** A user with an access key can sign with it. The request then has no MFA keys, where that serves it better. */
function askAs(
  { caller, destination }: Pick<Assumption, 'caller' | 'destination'>,
  action: string,
  keys: RequestKeys,
  ask: (context: Context) => AuthorizationResult,
): AuthorizationResult {
  const given: RequestKeys = (key) => {
    const value = keys(key);
    return value === undefined ? caller.settableValues?.(key) : value;
  };
  const known = requestContext(requestAccountOf(caller.account), requesterOf(caller), action, given);
  const context: Context = (key) => (keys(key) === undefined && isUnplaced(destination, key) ? unknownValue(key) : known(key));
  const answer = ask(context);
  if (answer.kind === 'refused' || answer.certain || caller.principal.keys.length === 0) return answer;
  const byKey = ask((key) => (keysOfSession.has(key) ? { state: 'absent' } : context(key)));
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
