import { getOrCreate } from '../../model/get-or-create.ts';
import type { Grant } from '../../iam/authorization-result.ts';
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
import {
  type AllowedSide,
  type BlockedAssumption,
  type BlockedAssumptions,
  allowedSide,
  blockedAssumption,
} from './blocked-assumptions.ts';
import { type ReachGraph, adminNode, blockedNode, isCertain, steps } from './graph.ts';
import { type SourceCandidate, type SourceCandidates, sourceCandidatesOf } from './source-candidates.ts';
import { withWantedTags } from './tagged-candidates.ts';

/** Externally assumable roles with the same trust policy and limits: they allow the same principals. */
interface RoleClass {
  readonly key: string;
  readonly assumable: ExternallyAssumableRole;
  readonly policies: CompiledPolicies;
  readonly account: AccountEdges;
  readonly roles: { readonly role: string; readonly account: AccountEdges }[];
  readonly byRole: Map<string, AccountEdges>;
}

/** A role of a class, and how the identity side of one class of principals allows to assume it. */
interface AllowedRole extends AllowedSide {
  readonly role: string;
  readonly account: AccountEdges;
}

/**
 * Adds the cross-account edges: a principal can assume a role of another account where the identity side and the trust side both
 * allow it. Most roles and principals of an organization are copies of each other. Each pair of classes gets one node in between,
 * so the number of edges grows with the sum of principals and roles, not with their product.
 * Returns the assumptions that SCPs or RCPs block, by their nodes, where there is someone who can take these off.
 */
export function connectAccounts(graph: ReachGraph, accounts: readonly AccountEdges[]): BlockedAssumptions {
  const candidates = sourceCandidatesOf(accounts);
  for (const { node, principal, tagged } of candidates.all)
    if (tagged !== undefined)
      graph.connect(graph.node(principal.arn), steps(graph.node(node), { path: [tagged.step], conditions: tagged.conditions }));
  const blocked = new Map<string, BlockedAssumption>();
  const ways = new Map<string, number>();
  const mayLift = accounts.some(({ guardrailChanges }) => guardrailChanges.length > 0);
  for (const [number, assumable] of roleClassesOf(accounts).entries()) {
    const known = new Map<SourceCandidate['sourceClass'], readonly AllowedRole[]>();
    const possible = [...candidatesFor(assumable, candidates), ...takenOver(graph, assumable, candidates)];
    for (const candidate of possible.flatMap((each) => withWantedTags(each, assumable.policies))) {
      const assumption = assumptionOf(assumable, candidate);
      const trusted = allowedSide(assumable.policies, mayLift, (trust) => trustAllows({ ...assumption, trust }));
      if (trusted === undefined) continue;
      const roles = getOrCreate(known, candidate.sourceClass, () => rolesAllowedTo(assumable, candidate, mayLift));
      const through = `crossing:${number}:${candidate.sourceClass.id}`;
      const isOpen = ({ levels }: AllowedRole) => trusted.levels.length + levels.length === 0;
      connectRoles(graph, candidate, { trusted, through, roles: roles.filter(isOpen), nodeOf: ({ role }) => role });
      const others = roles.filter((role) => !isOpen(role));
      if (others.length === 0) continue;
      const way = getOrCreate(ways, JSON.stringify([candidate.account.account, trusted.levels]), () => ways.size);
      const nodeOf = (to: AllowedRole) => {
        const node = blockedNode(`${through}:${way}:${to.role}`);
        blocked.set(node, blockedAssumption(to, candidate.account, trusted));
        return node;
      };
      connectRoles(graph, candidate, { trusted, through: `${through}:${way}`, roles: others, nodeOf });
    }
  }
  return blocked;
}

/** How a candidate leaves its account: to which of the roles, each at its node, and by which node in between. */
interface Crossing {
  readonly trusted: AllowedSide;
  readonly through: string;
  readonly roles: readonly AllowedRole[];
  readonly nodeOf: (to: AllowedRole) => string;
}

function connectRoles(graph: ReachGraph, candidate: SourceCandidate, { trusted, through, roles, nodeOf }: Crossing): void {
  if (roles.length === 0) return;
  const isNew = graph.find(through) === undefined;
  const between = graph.node(through);
  if (isNew) for (const to of roles) graph.connect(between, assumeEdge(graph.node(nodeOf(to)), to.role, to.grant));
  graph.connect(graph.node(candidate.node), leaveEdge(between, candidate, trusted.grant));
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

/** The roles of the class that the candidate is allowed to assume by its own account, perhaps once SCPs are taken off. */
function rolesAllowedTo(assumable: RoleClass, candidate: SourceCandidate, mayLift: boolean): readonly AllowedRole[] {
  const { isUnrestricted, policies } = candidate.sourceClass;
  let same: AllowedSide | undefined;
  return rolesFor(assumable, candidate).flatMap(({ role, account }) => {
    const assumption = assumptionOf(assumable, candidate, role, account);
    const allowed = same ?? allowedSide(policies, mayLift, (identity) => identityAllows({ ...assumption, identity }));
    if (isUnrestricted) same = allowed;
    return allowed === undefined ? [] : [{ role, account, ...allowed }];
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
