import type { Account } from '../iam/account.ts';
import type { Analysis } from '../escalation/analyze.ts';
import { type Principal, isServiceLinked } from '../iam/principal.ts';
import { type RequestKeys, noRequestKeys } from '../iam/request-context.ts';
import { type AuthorizationResult, allOf, anyOf, unique } from '../iam/authorization-result.ts';
import { mayAllowAll } from '../iam/action-prefilter.ts';
import { canOnSomeResource } from '../iam/resource-candidates.ts';
import { ifCollected } from '../model/observed.ts';
import type { OrgWideServiceAccess } from '../model/reach.ts';
import type { PrincipalVerdict } from '../model/verdict.ts';
import { type OrgWideTechnique, type RequestKeyValue, orgWideTechniques } from './org-wide-techniques.ts';
import { type Enabling, enablingsOf } from './enabling.ts';
import { syntheticAdmin } from './synthetic-admin.ts';

/** A technique that works in the account, once these calls were made. */
interface AvailableTechnique extends OrgWideTechnique {
  readonly enablings: readonly Enabling[];
}

/** Who counts as becoming admin: only principals that certainly do, or also those that do if conditions hold. */
export type AdminLevel = 'certain' | 'possible';

/**
 * The principals of the account that have admin access to all member accounts through a service. A service needs trusted access,
 * which the management account can give. What every admin can do is reported only where some principal is admin or becomes it.
 * Service-linked roles are left out: no principal can act as one.
 */
export function orgWideServiceAccess(
  { account, access, search }: Analysis,
  level: AdminLevel = 'certain',
): readonly OrgWideServiceAccess[] {
  const available = orgWideTechniques.flatMap((technique): readonly AvailableTechnique[] => {
    const enablings = enablingsOf(technique, account);
    return enablings === undefined ? [] : [{ ...technique, enablings }];
  });
  if (available.length === 0) return [];
  const principals = account.principals.filter((principal) => !isServiceLinked(principal));
  const isAdmin = (principal: Principal) => search.certain.admins.has(principal);
  const isHeld = principals.some(({ arn }) => becomesAdmin(access.get(arn), level));
  const admins = principals.filter(isAdmin);
  const others = principals.filter((principal) => !isAdmin(principal));
  return available.flatMap((rule) => [
    ...(isHeld ? ofAdmins(account, admins, rule) : []),
    ...others.flatMap((principal) => accessOf(account, principal, rule) ?? []),
  ]);
}

function becomesAdmin(principal: PrincipalVerdict | undefined, level: AdminLevel): boolean {
  const isConditional = principal?.verdict === 'conditional' && level === 'possible';
  const reached = isConditional ? principal.would : principal?.verdict;
  return reached === 'admin' || reached === 'can-become-admin';
}

/**
 * The access that all admins share is reported once. An admin is reported by itself only where an SCP exempts it: the others do
 * not have the access, or have it only under more conditions.
 */
function ofAdmins(account: Account, admins: readonly Principal[], rule: AvailableTechnique): readonly OrgWideServiceAccess[] {
  const own = admins.flatMap((admin) => accessOf(account, admin, rule) ?? []);
  const common = accessOf(account, syntheticAdmin(account), rule);
  if (common === undefined) return own;
  const { from: _, ...ofAll } = common;
  return [ofAll, ...own.filter(({ conditions }) => conditions.length < common.conditions.length)];
}

/** Whether the principal may make the requests of the technique. A key that names a service counts if the service is trusted. */
function mayUse(account: Account, principal: Principal, rule: AvailableTechnique): AuthorizationResult {
  const { actions, requests = [], anyRequest, enablings } = rule;
  const enabled = allOf(...enablings.map((enabling) => () => mayEnable(account, principal, enabling)));
  if (enabled.kind === 'refused') return enabled;
  const ask = ({ key: asked, value }: RequestKeyValue): AuthorizationResult => {
    const keys: RequestKeys = (key) => (key === asked ? [value(account.partition)] : noRequestKeys(key));
    return canOnSomeResource(account, principal, actions, { keys });
  };
  if (anyRequest !== undefined) {
    const { organization } = account.facts;
    const trusted = ifCollected(organization)?.trustedServices;
    const open = anyRequest.filter(({ value }) => trusted?.includes(value(account.partition)) === true);
    return anyOf(open.map((request) => () => ask(request)));
  }
  const calls =
    requests.length === 0
      ? [() => canOnSomeResource(account, principal, actions)]
      : requests.map((request) => () => ask(request));
  return allOf(() => enabled, ...calls);
}

const mayEnable = (account: Account, principal: Principal, { action, service }: Enabling): AuthorizationResult =>
  canOnSomeResource(account, principal, [action], {
    keys: (key) => (key === 'organizations:serviceprincipal' && service !== undefined ? [service] : noRequestKeys(key)),
  });

function accessOf(account: Account, principal: Principal, rule: AvailableTechnique): OrgWideServiceAccess | undefined {
  if (!mayAllowAll(principal, rule.actions)) return undefined;
  const answer = mayUse(account, principal, rule);
  if (answer.kind === 'refused') return undefined;
  const { id, aliases, title, enablings } = rule;
  const actions = unique([...enablings.map(({ action }) => action), ...rule.actions]);
  return {
    from: principal.arn,
    step: { rule: id, title, aliases, actions, from: principal.arn, to: 'every member account', statements: answer.statements },
    ...(enablings.length > 0 ? { isOff: true } : {}),
    conditions: [...rule.conditions, ...answer.conditions.filter(({ controlledBy }) => controlledBy !== 'caller')],
  };
}
