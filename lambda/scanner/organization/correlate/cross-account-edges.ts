import { getOrCreate } from '../../model/get-or-create.ts';
import type { AuthorizationResult, Grant } from '../../iam/authorization-result.ts';
import { isAccountId, parseArn } from '../../model/arn.ts';
import type { Statement } from '../../policy/policy.ts';
import type { AccountEdges, ExternallyAssumableRole, Takeover } from '../edges.ts';
import {
  type Assumption,
  type CompiledPolicies,
  compilePolicies,
  identityAllows,
  trustAllows,
} from './cross-account-assumption.ts';
import { type FencedRole, type FencedRoles, fencedNode, fencedRole, isLiftable, withoutRcps } from './fenced-roles.ts';
import { type ReachGraph, adminNode, isCertain } from './graph.ts';
import { type SourceCandidate, type SourceCandidates, sourceCandidatesOf } from './source-candidates.ts';

/** Externally assumable roles with the same trust policy and limits: they allow the same principals. */
interface RoleClass {
  readonly key: string;
  readonly assumable: ExternallyAssumableRole;
  readonly policies: CompiledPolicies;
  readonly account: AccountEdges;
  readonly roles: { readonly role: string; readonly account: AccountEdges }[];
  readonly byRole: Map<string, AccountEdges>;
}

/**
 * Adds the cross-account edges: a principal can assume a role of another account where the identity side and the trust side both
 * allow it. Most roles and principals of an organization are copies of each other. Each pair of classes gets one node in between,
 * so the number of edges grows with the sum of principals and roles, not with their product.
 * Returns the roles that RCPs keep someone from assuming, where there is someone who can take RCPs off.
 */
export function connectAccounts(graph: ReachGraph, accounts: readonly AccountEdges[]): FencedRoles {
  const candidates = sourceCandidatesOf(accounts);
  const fenced = new Map<string, FencedRole>();
  const mayLift = accounts.some(({ guardrailChanges }) => guardrailChanges.length > 0);
  for (const [number, assumable] of roleClassesOf(accounts).entries()) {
    const connected = new Set<number>();
    for (const candidate of [...candidatesFor(assumable, candidates), ...takenOver(graph, assumable, candidates)]) {
      const assumption = assumptionOf(assumable, candidate);
      const allowed = trustAllows(assumption);
      const isFenced = allowed.kind === 'refused' && mayLift && assumable.policies.limits.some(isLiftable);
      const trusted = isFenced ? trustAllows({ ...assumption, trust: withoutRcps(assumable.policies) }) : allowed;
      if (trusted.kind === 'refused') continue;
      const between = graph.node(`crossing:${isFenced ? 'fenced:' : ''}${number}:${candidate.sourceClass.number}`);
      if (!connected.has(between)) {
        const roles = connectRoles(graph, between, assumable, candidate, isFenced ? fencedNode : (role) => role);
        if (isFenced) for (const { role, account } of roles) fenced.set(role, fencedRole(assumable.policies, account));
      }
      connected.add(between);
      graph.connect(graph.node(candidate.node), leaveEdge(between, candidate, trusted));
    }
  }
  return fenced;
}

const leaveEdge = (to: number, { settableKeys }: SourceCandidate, { statements, conditions, certain }: Grant) =>
  ({
    kind: 'leave',
    ...(settableKeys === undefined ? {} : { as: 'any-admin' as const }),
    ...{ to, trust: statements, conditions, certain, cost: 1 },
  }) as const;

/** The candidate assumes a role of the class; all roles of it are alike for the trust side. */
const assumptionOf = (
  { policies, assumable, account }: RoleClass,
  caller: SourceCandidate,
  role = assumable.role,
  destination = account,
): Assumption => ({ identity: caller.sourceClass.policies, trust: policies, caller, role, destination });

/** Connects the roles that the candidate is allowed to assume, and returns them. */
function connectRoles(
  graph: ReachGraph,
  between: number,
  assumable: RoleClass,
  candidate: SourceCandidate,
  nodeOf: (role: string) => string,
): Readonly<RoleClass['roles']> {
  const { isUnrestricted } = candidate.sourceClass;
  let known: AuthorizationResult | undefined;
  return rolesFor(assumable, candidate).filter(({ role, account }) => {
    const answer: AuthorizationResult = known ?? identityAllows(assumptionOf(assumable, candidate, role, account));
    if (isUnrestricted) known = answer;
    if (answer.kind === 'granted') graph.connect(between, assumeEdge(graph.node(nodeOf(role)), role, answer));
    return answer.kind === 'granted';
  });
}

const assumeEdge = (to: number, role: string, { statements, conditions, certain }: Grant) =>
  ({ kind: 'arrive', to, role, identity: statements, conditions, certain, cost: 0 }) as const;

/** The roles of the class that the principal might assume; roles of its own account are no cross-account edge. */
function rolesFor({ roles, byRole }: RoleClass, { sourceClass }: SourceCandidate): Readonly<RoleClass['roles']> {
  if (sourceClass.named === undefined) return roles;
  return sourceClass.named.flatMap((role) => {
    const account = byRole.get(role);
    return account === undefined ? [] : [{ role, account }];
  });
}

function roleClassesOf(accounts: readonly AccountEdges[]): readonly RoleClass[] {
  const classes = new Map<string, RoleClass>();
  for (const account of accounts)
    for (const assumable of account.assumableRoles) {
      const { version, statements } = assumable.trust;
      const key = JSON.stringify([version, statements, assumable.limits, account.organizationId]);
      const trust = { origin: 'trust', version, statements };
      const found = getOrCreate(classes, key, () => ({
        key,
        assumable,
        account,
        policies: compilePolicies([trust], assumable.limits),
        roles: [],
        byRole: new Map<string, AccountEdges>(),
      }));
      found.roles.push({ role: assumable.role, account });
      found.byRole.set(assumable.role, account);
    }
  return [...classes.values()];
}

const SESSION = /^(arn:[^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/.*$/;

/**
 * The principals of other accounts that the trust policy names, as the admins of their accounts take them over: an admin gives
 * them the permission to assume the role, if they lack it.
 */
function takenOver(
  graph: ReachGraph,
  { assumable, account, roles }: RoleClass,
  { takeoverOf }: SourceCandidates,
): readonly SourceCandidate[] {
  const values = assumable.trust.statements.flatMap(({ effect, principal }) =>
    effect === 'Allow' && principal?.negated === false ? principal.entries.map(({ value }) => value) : [],
  );
  const arns = new Set(values.map((value) => value.replace(SESSION, '$1:iam::$2:role/$3')));
  const found = new Map(
    [...arns]
      .sort()
      .flatMap((arn) => takeoverOf(arn) ?? [])
      .map(({ candidate, takeover }) => [candidate, takeover]),
  );
  const candidates = fromOtherAccounts([...found.keys()], account, roles);
  for (const candidate of candidates) {
    const takeover = found.get(candidate);
    if (graph.find(candidate.node) === undefined && takeover !== undefined) connectTakeover(graph, candidate, takeover);
  }
  return candidates;
}

function connectTakeover(graph: ReachGraph, { node, account, principal }: SourceCandidate, { path, conditions }: Takeover): void {
  graph.connect(graph.node(adminNode(account.account)), {
    ...{ kind: 'steps', as: 'any-admin', to: graph.node(node), conditions, certain: isCertain(conditions) },
    path: path.map((step) => ({ ...step, to: principal.arn })),
    cost: path.length,
  });
}

/**
 * The principals that the trust policy might allow: those of the accounts that it names, or of all accounts where it names
 * everyone.
 */
function candidatesFor(
  { assumable, account, roles }: RoleClass,
  { all, byAccount }: SourceCandidates,
): readonly SourceCandidate[] {
  const named = new Set<string>();
  for (const { effect, principal, conditions } of assumable.trust.statements) {
    if (effect === 'Deny' || principal === undefined) continue;
    for (const { value } of principal.entries) {
      const accountId = isAccountId(value) ? value : parseArn(value)?.accountId;
      const found = principal.negated || accountId === undefined ? accountsIn(conditions) : [accountId];
      if (found === undefined) return fromOtherAccounts(all, account, roles);
      for (const id of found) named.add(id);
    }
  }
  return fromOtherAccounts(
    [...named].sort().flatMap((id) => byAccount.get(id) ?? []),
    account,
    roles,
  );
}

/** Where all roles of the class are in one account, the principals of that account are left out. */
const fromOtherAccounts = (
  candidates: readonly SourceCandidate[],
  { account }: AccountEdges,
  roles: RoleClass['roles'],
): readonly SourceCandidate[] =>
  roles.every((role) => role.account.account === account)
    ? candidates.filter((candidate) => candidate.account.account !== account)
    : candidates;

/** The accounts to which conditions limit the principals, where they name accounts. */
function accountsIn(conditions: Statement['conditions']): readonly string[] | undefined {
  for (const { operator, key, values } of conditions) {
    if (operator.ifExists || !/^(String|Arn)(Equals|Like)$/.test(operator.name)) continue;
    const asked = key.toLowerCase();
    const ids = values.map((value) => (asked === 'aws:principalarn' ? parseArn(value)?.accountId : value));
    const isAccount = (id: string | undefined): id is string => id !== undefined && isAccountId(id);
    if ((asked === 'aws:principalarn' || asked === 'aws:principalaccount') && ids.every(isAccount)) return ids;
  }
  return undefined;
}
