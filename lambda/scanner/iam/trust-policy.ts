import { isAccountId, parseArn } from '../model/arn.ts';
import type { Context } from '../policy/context.ts';
import { type AppliesTo, type PolicyInForce, decide } from '../policy/decide.ts';
import type { PrincipalElement, PrincipalEntry } from '../policy/policy.ts';
import { type Account, fullAccess } from './account.ts';
import type { Principal, RolePrincipal } from './principal.ts';
import { isServiceLinked } from './principal.ts';
import { type AuthorizationResult, allOf, anyOf, conditional, granted, refused } from './authorization-result.ts';
import { withBestCredential } from './credentials.ts';
import { resultOf, can, limitsOf, unreadableLimitCondition } from './authorization.ts';
import { type Requester, type RequestKeys, requestContext, noRequestKeys } from './request-context.ts';
import { rcpsAllow } from './resource-control-policies.ts';
import type { TagAssignment } from './tag-assignments.ts';
import { requestTags, withTags } from './target-tags.ts';

/** The action by which one principal acts as a role. */
export const ASSUME_ROLE = 'sts:AssumeRole';
/** The action by which a caller gives tags to a session. */
export const TAG_SESSION = 'sts:TagSession';

/**
 * Whether the principal can assume a role of its own account. The trust policy must allow it. Where it names the principal, no
 * other permission is needed. Where it names the account, the policies of the principal must allow it too. `sessionTags` are those
 * that the principal gives to the session.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 */
export function canAssume(
  account: Account,
  principal: Principal,
  role: RolePrincipal,
  sessionTags?: TagAssignment,
): AuthorizationResult {
  const trust = account.trusts.get(role.arn);
  const ask = (keys: RequestKeys): AuthorizationResult => {
    const consent = (action: string) => mayDo(account, principal, role, action, keys);
    const tagged = sessionTags === undefined ? sessionKeys(keys, consent) : requestTags(sessionTags, sessionKeys(keys, consent));
    return allOf(
      () => mayDo(account, principal, role, ASSUME_ROLE, tagged),
      () => (sessionTags === undefined ? granted() : mayDo(account, principal, role, TAG_SESSION, tagged)),
      () => rcpsAllow(account, principal, { action: ASSUME_ROLE, resource: role.arn }, tagged),
    );
  };
  return withTags(account, principal, role, ask, trust === undefined ? [] : [trust]);
}

/** The keys that a caller can add to the request to assume a role, and the actions that must be allowed for them. */
const consents: readonly (readonly [key: RegExp, action: string])[] = [
  [/^sts:sourceidentity$/, 'sts:SetSourceIdentity'],
  [/^(aws:requesttag\/.*|aws:tagkeys|sts:transitivetagkeys)$/, TAG_SESSION],
];

/** The actions that must be allowed for keys that a caller adds to the request to assume a role. */
export const consentActions: readonly string[] = consents.map(([, action]) => action);

/**
 * The keys of a request to assume a role: a source identity and session tags need an action of their own, in the trust policy too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 */
export const sessionKeys =
  (keys: RequestKeys, consent: (action: string) => AuthorizationResult): RequestKeys =>
  (key) => {
    const action = consents.find(([pattern]) => pattern.test(key))?.[1];
    return action !== undefined && consent(action).kind === 'refused' ? null : keys(key);
  };

/** Whether the trust policy of the role, and where it must the policies of the principal, allow an action on the role. */
function mayDo(
  account: Account,
  principal: Principal,
  role: RolePrincipal,
  action: string,
  keys: RequestKeys,
): AuthorizationResult {
  const trust = trustPolicy(account, role);
  if (isServiceLinked(role)) return refused();
  if (trust === undefined)
    return allOf(
      () => can(account, principal, action, role.arn, keys),
      () => conditional(unreadableLimitCondition('trust', role.arn)),
    );
  const isAllowed = (names: (entry: PrincipalEntry) => boolean): AuthorizationResult =>
    withBestCredential(account, principal, requestContext(account, principal, action, keys), (context) => {
      const request = { action, resource: role.arn, context };
      return resultOf(decide([trust], request, appliesTo(account, principal, names)), () => ({
        kind: 'trust',
        text: `Denied by the trust policy of ${role.arn}`,
      }));
    });
  const byName = () =>
    allOf(
      () => isAllowed((entry) => namesPrincipal(entry, principal)),
      () => notForbidden(account, principal, role.arn, trustNamesRole(account, role, principal), keys, action),
    );
  const byAccount = () =>
    allOf(
      () => isAllowed((entry) => namesPrincipal(entry, principal) || namesAccount(entry, account)),
      () => can(account, principal, action, role.arn, keys),
    );
  return namesInAllow(trust, principal) ? anyOf([byName, byAccount]) : byAccount();
}

/** Prefilter: whether an Allow statement names the principal itself, and not only its account. */
const namesInAllow = ({ policy }: PolicyInForce, principal: Principal): boolean =>
  policy.statements.some(
    ({ source: { effect, principal: element } }) =>
      effect === 'Allow' && element !== undefined && (element.negated || excludes(element, principal)),
  );

/** The compiled trust policy of a role; undefined where it cannot be read. */
export function trustPolicy({ trusts }: Account, { arn }: RolePrincipal): PolicyInForce | undefined {
  const policy = trusts.get(arn);
  return policy && { policy, origin: `trust:${arn}` };
}

/**
 * Whether nothing denies the principal what a resource policy grants it directly. An explicit Deny always does. For a role named
 * by its ARN, so does a limit that does not allow the action.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic
 */
export function notForbidden(
  account: Account,
  principal: Principal,
  resource: string,
  limitsCount: boolean,
  keys: RequestKeys = noRequestKeys,
  action = ASSUME_ROLE,
): AuthorizationResult {
  const passes = (policies: readonly PolicyInForce[], context: Context, mustAllow: boolean): AuthorizationResult => {
    const decision = decide(mustAllow ? policies : [...policies, fullAccess], { action, resource, context });
    return resultOf(decision, (by) => ({ kind: 'deny', text: `Denied by ${by}` }));
  };
  const limits = limitsOf(principal).map(
    ({ kind, name, policies }) =>
      (context: Context) =>
        policies === 'unreadable'
          ? conditional(unreadableLimitCondition(kind, name))
          : passes(policies, context, limitsCount || kind !== 'permissions-boundary'),
  );
  const answer = withBestCredential(account, principal, requestContext(account, principal, action, keys), (context) =>
    allOf(() => passes(principal.policies, context, false), ...limits.map((limit) => () => limit(context))),
  );
  return answer.kind === 'granted' ? { ...answer, statements: [] } : answer;
}

/** Whether the entry names the principal itself: its ARN, one of its sessions, its unique id, or `*`. */
export function namesPrincipal({ type, value }: PrincipalEntry, principal: Requester): boolean {
  if (type !== 'AWS') return false;
  if (value === '*' || value === principal.arn || value === principal.identity.id) return true;
  if (principal.kind === 'user' || !value.includes(':assumed-role/')) return false;
  const arn = parseArn(value);
  const own = parseArn(principal.arn);
  return (
    arn?.service === 'sts' &&
    arn.accountId === own?.accountId &&
    arn.resource.startsWith(`assumed-role/${principal.identity.name}/`)
  );
}

/** Whether the entry names the whole account, by the ARN of its root or by its account id. */
export function namesAccount({ type, value }: PrincipalEntry, { accountId }: Pick<Account, 'accountId'>): boolean {
  if (type !== 'AWS') return false;
  if (isAccountId(value)) return value === accountId;
  if (!value.endsWith(':root')) return false;
  const arn = parseArn(value);
  return arn?.service === 'iam' && arn.accountId === accountId && arn.resource === 'root';
}

/** Limits apply to a role that is named by its own ARN, and not to one named by its session. */
const trustNamesRole = (account: Account, role: RolePrincipal, principal: Principal): boolean =>
  principal.kind === 'role' &&
  !(account.trusts.get(role.arn)?.statements ?? []).some(({ source }) =>
    source.principal?.entries.some(
      (entry) => entry.value !== principal.arn && entry.value.includes(':assumed-role/') && namesPrincipal(entry, principal),
    ),
  );

/**
 * Whether a statement applies to the principal. An Allow must name it as `names` says. A Deny applies also where it names its
 * account.
 */
const appliesTo =
  (account: Account, caller: Principal, names: (entry: PrincipalEntry) => boolean): AppliesTo =>
  ({ source: { effect, principal } }) => {
    if (principal === undefined) return false;
    const isNamed = (entry: PrincipalEntry) =>
      namesPrincipal(entry, caller) || (effect === 'Deny' && namesAccount(entry, account));
    return principal.negated ? !excludes(principal, caller) : principal.entries.some(effect === 'Allow' ? names : isNamed);
  };

/** Whether `NotPrincipal` names the principal, so that the statement does not apply to it. */
const excludes = ({ entries }: PrincipalElement, principal: Principal): boolean =>
  entries.some((entry) => namesPrincipal(entry, principal));
