import type { Account } from '../iam/account.ts';
import type { Analysis } from '../escalation/analyze.ts';
import { type Principal, isServiceLinked } from '../iam/principal.ts';
import { type RequestKeys, noRequestKeys } from '../iam/request-context.ts';
import { type AuthorizationResult, type Grant, allOf, anyOf, unique } from '../iam/authorization-result.ts';
import { limitsOf } from '../iam/authorization.ts';
import { mayAllowAll } from '../iam/action-prefilter.ts';
import { type NamedResources, canOnSomeResource } from '../iam/resource-candidates.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import { ifCollected } from '../model/observed.ts';
import { type OrgWideServiceAccess, membersInWords } from '../model/reach.ts';
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
    ...others.flatMap((principal) => accessOf(account, principal, rule)),
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
  const own = admins.flatMap((admin) => accessOf(account, admin, rule));
  const common = accessOf(account, syntheticAdmin(account), rule).map(({ from: _, ...ofAll }) => ofAll);
  const isCovered = ({ members, conditions }: OrgWideServiceAccess): boolean =>
    common.some(
      (ofAll) =>
        ofAll.conditions.length <= conditions.length &&
        (ofAll.members === undefined || members?.every((member) => ofAll.members?.includes(member))),
    );
  return [...common, ...own.filter((access) => !isCovered(access))];
}

/** Whether the principal may make the requests of the technique. A key that names a service counts if the service is trusted. */
function mayUse(
  account: Account,
  principal: Principal,
  rule: AvailableTechnique,
  on?: { readonly id: string; readonly resources: NamedResources },
): AuthorizationResult {
  const { actions, requests = [], anyRequest, enablings } = rule;
  const enabled = allOf(...enablings.map((enabling) => () => mayEnable(account, principal, enabling)));
  if (enabled.kind === 'refused') return enabled;
  // Only the root user of a member is a resource of that account.
  const ofMember: RequestKeys = (key) =>
    on !== undefined && key === 'aws:resourceaccount' && rule.rootFeature !== undefined ? [on.id] : noRequestKeys(key);
  const ask = ({ key: asked, value }: RequestKeyValue): AuthorizationResult => {
    const keys: RequestKeys = (key) => (key === asked ? [value(account.partition)] : ofMember(key));
    return canOnSomeResource(account, principal, actions, { ...on, keys });
  };
  if (anyRequest !== undefined) {
    const { organization } = account.facts;
    const trusted = ifCollected(organization)?.trustedServices;
    const open = anyRequest.filter(({ value }) => trusted?.includes(value(account.partition)) === true);
    return anyOf(open.map((request) => () => ask(request)));
  }
  const calls =
    requests.length === 0
      ? [() => canOnSomeResource(account, principal, actions, on)]
      : requests.map((request) => () => ask(request));
  return allOf(() => enabled, ...calls);
}

const mayEnable = (account: Account, principal: Principal, { action, service }: Enabling): AuthorizationResult =>
  canOnSomeResource(account, principal, [action], {
    keys: (key) => (key === 'organizations:serviceprincipal' && service !== undefined ? [service] : noRequestKeys(key)),
  });

/** Where policies tell members apart, once for those for which the answer is the same. */
function accessOf(account: Account, principal: Principal, rule: AvailableTechnique): readonly OrgWideServiceAccess[] {
  if (!mayAllowAll(principal, rule.actions)) return [];
  const { id, aliases, title, enablings } = rule;
  const actions = unique([...enablings.map(({ action }) => action), ...rule.actions]);
  return answersOf(account, principal, rule).map(({ answer: { statements, conditions }, members }) => ({
    from: principal.arn,
    step: { rule: id, title, aliases, actions, from: principal.arn, to: membersInWords(members), statements },
    ...(members === undefined ? {} : { members }),
    ...(enablings.length > 0 ? { isOff: true } : {}),
    conditions: [...rule.conditions, ...conditions.filter(({ controlledBy }) => controlledBy !== 'caller')],
  }));
}

interface AnswerForMembers {
  readonly answer: Grant;
  /** Absent: all of them. */
  readonly members?: readonly string[];
}

function answerForAll(account: Account, principal: Principal, rule: AvailableTechnique): readonly AnswerForMembers[] {
  const answer = mayUse(account, principal, rule);
  return answer.kind === 'refused' ? [] : [{ answer }];
}

function answersOf(account: Account, principal: Principal, rule: AvailableTechnique): readonly AnswerForMembers[] {
  const organization = ifCollected(account.facts.organization);
  const members = organization?.members;
  if (organization === undefined || members === undefined || members.size === 0 || rule.onMember === undefined)
    return answerForAll(account, principal, rule);
  const { managementAccountId, id: organizationId } = organization;
  const asked = tellsResourcesApart(principal, rule.actions) ? [...members] : [...members].slice(0, 1);
  const groups = new Map<string, { readonly answer: Grant; readonly members: string[] }>();
  for (const [id, above] of asked) {
    const resources = rule.onMember({ id, above, managementAccountId, organizationId });
    const answer = mayUse(account, principal, rule, { id, resources });
    if (answer.kind === 'granted')
      getOrCreate(groups, JSON.stringify([answer.statements, answer.conditions]), () => ({ answer, members: [] })).members.push(
        id,
      );
  }
  const answers = [...groups.values()];
  if (answers.length === 0 && rule.memberIsOptional) return answerForAll(account, principal, rule);
  return answers.map((group) => (group.members.length === asked.length ? { answer: group.answer } : group));
}

/** Whether policies or limits of the principal tell resources apart where they speak of the actions. */
const tellsResourcesApart = (principal: Principal, actions: readonly string[]): boolean =>
  [principal.policies, ...limitsOf(principal).flatMap(({ policies }) => (policies === 'unreadable' ? [] : [policies]))]
    .flatMap((policies) => policies.flatMap(({ policy }) => policy.statements))
    .some(
      ({ source, resources, matchesActionName }) =>
        (resources.negated ||
          resources.patterns.join() !== '*' ||
          source.conditions.some(({ key }) => /^aws:resource/i.test(key))) &&
        actions.some(matchesActionName),
    );
