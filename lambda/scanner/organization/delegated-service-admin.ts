import type { Account } from '../iam/account.ts';
import type { Analysis } from '../escalation/analyze.ts';
import { type Principal, isServiceLinked } from '../iam/principal.ts';
import { type RequestKeys, noRequestKeys } from '../iam/request-context.ts';
import { type AuthorizationResult, allOf, anyOf } from '../iam/authorization-result.ts';
import { mayAllowAll } from '../iam/action-prefilter.ts';
import { canOnSomeResource } from '../iam/resource-candidates.ts';
import type { Organization } from '../facts/organization.ts';
import type { OrgWideServiceAccess } from '../model/reach.ts';
import type { PrincipalVerdict } from '../model/verdict.ts';
import { type OrgWideTechnique, type RequestKeyValue, orgWideTechniques } from './org-wide-techniques.ts';
import { syntheticAdmin } from './synthetic-admin.ts';

/** Who counts as becoming admin: only principals that certainly do, or also those that do if conditions hold. */
export type AdminLevel = 'certain' | 'possible';

/**
 * The principals of the account that have admin access to all member accounts through a service. A service without trusted access
 * has none. What every admin can do is reported only where some principal is admin or becomes it. Service-linked roles are left
 * out: no principal can act as one.
 */
export function orgWideServiceAccess(
  { account, access, search }: Analysis,
  level: AdminLevel = 'certain',
): readonly OrgWideServiceAccess[] {
  const { organization, rootFeatures } = account.facts;
  if (organization.status === 'unavailable' || organization.value === undefined) return [];
  // Undefined if unknown. Only the management account and the delegated administrator of IAM may list the features.
  const features = rootFeatures.status === 'collected' ? rootFeatures.value : undefined;
  const available = orgWideTechniques.filter(
    (rule) =>
      isDelegatedHere(rule, account.accountId, organization.value) &&
      (rule.rootFeature === undefined || features?.includes(rule.rootFeature) !== false),
  );
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
function ofAdmins(account: Account, admins: readonly Principal[], rule: OrgWideTechnique): readonly OrgWideServiceAccess[] {
  const own = admins.flatMap((admin) => accessOf(account, admin, rule) ?? []);
  const common = accessOf(account, syntheticAdmin(account), rule);
  if (common === undefined) return own;
  const { from: _, ...ofAll } = common;
  return [ofAll, ...own.filter(({ conditions }) => conditions.length < common.conditions.length)];
}

function isDelegatedHere(
  { services, ofManagement }: OrgWideTechnique,
  accountId: string,
  organization: Organization | undefined,
): boolean {
  if (organization === undefined) return false;
  const { managementAccountId, administers, trustedServices } = organization;
  const isManagement = managementAccountId === accountId;
  const isTrusted = (service: string) => trustedServices?.includes(service) === true;
  if (ofManagement) return isManagement && services.some(isTrusted);
  return services.every((service) => isTrusted(service) && (isManagement || administers?.includes(service) === true));
}

/** Whether the principal may make the requests of the technique. A key that names a service counts if the service is trusted. */
function mayUse(account: Account, principal: Principal, rule: OrgWideTechnique): AuthorizationResult {
  const { actions, requests = [], anyRequest } = rule;
  const ask = ({ key: asked, value }: RequestKeyValue): AuthorizationResult => {
    const keys: RequestKeys = (key) => (key === asked ? [value(account.partition)] : noRequestKeys(key));
    return canOnSomeResource(account, principal, actions, { keys });
  };
  if (anyRequest !== undefined) {
    const { organization } = account.facts;
    const trusted = organization.status === 'collected' ? organization.value?.trustedServices : undefined;
    const open = anyRequest.filter(({ value }) => trusted?.includes(value(account.partition)) === true);
    return anyOf(open.map((request) => () => ask(request)));
  }
  if (requests.length === 0) return canOnSomeResource(account, principal, actions);
  return allOf(...requests.map((request) => () => ask(request)));
}

function accessOf(account: Account, principal: Principal, rule: OrgWideTechnique): OrgWideServiceAccess | undefined {
  if (!mayAllowAll(principal, rule.actions)) return undefined;
  const answer = mayUse(account, principal, rule);
  if (answer.kind === 'refused') return undefined;
  const { id, aliases, title, actions } = rule;
  return {
    from: principal.arn,
    step: { rule: id, title, aliases, actions, from: principal.arn, to: 'every member account', statements: answer.statements },
    conditions: [...rule.conditions, ...answer.conditions.filter(({ controlledBy }) => controlledBy !== 'caller')],
  };
}
