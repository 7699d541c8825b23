import { getOrCreate } from '../../model/get-or-create.ts';
import type { Grant } from '../../iam/authorization-result.ts';
import type { AccountEdges, Preparation, Takeover } from '../edges.ts';
import { type Assumption, identityAllows, trustAllows } from './cross-account-assumption.ts';
import {
  type AllowedSide,
  type BlockedAssumption,
  type BlockedAssumptions,
  allowedSide,
  blockedAssumption,
} from './blocked-assumptions.ts';
import { type ReachGraph, adminNode, blockedNode, isCertain, steps } from './graph.ts';
import { type RoleClass, candidatesFor, fromOtherAccounts, roleClassesOf, rolesFor } from './role-classes.ts';
import type { SourceCandidate } from './source-candidate.ts';
import { type SourceCandidates, sourceCandidatesOf } from './source-candidates.ts';
import { withWantedTags } from './tagged-candidates.ts';

/** A role of a class, and how the identity side of one class of principals allows to assume it. */
interface AllowedRole extends AllowedSide {
  readonly role: string;
  readonly account: AccountEdges;
}

/** These roles, and which of them SCPs of the caller's account block. */
interface AllowedRoles {
  readonly all: readonly AllowedRole[];
  readonly open: readonly AllowedRole[];
  readonly blocked: readonly AllowedRole[];
}

/**
 * Adds the cross-account edges: a principal can assume a role of another account where the identity side and the trust side both
 * allow it. Most roles and principals of an organization are copies of each other. Each pair of classes gets one node in between,
 * so the number of edges grows with the sum of principals and roles, not with their product.
 * Returns the assumptions that SCPs or RCPs block, by their nodes, where there is someone who can take these off.
 */
export function connectAccounts(graph: ReachGraph, accounts: readonly AccountEdges[]): BlockedAssumptions {
  const roleClasses = roleClassesOf(accounts);
  const candidates = sourceCandidatesOf(accounts);
  for (const { node, changed, tagged } of candidates.all)
    for (const preparation of [changed, tagged]) if (preparation !== undefined) connectPreparation(graph, node, preparation);
  const callersOf = (assumable: RoleClass): readonly SourceCandidate[] =>
    [...candidatesFor(assumable, candidates), ...takenOver(graph, assumable, candidates)].flatMap((candidate) =>
      withWantedTags(candidate, assumable.policies),
    );
  const sessions = new Map<string, SourceCandidate>();
  const blocked = new Map<string, BlockedAssumption>();
  const ways = new Map<string, number>();
  const mayLift = accounts.some(({ guardrailChanges }) => guardrailChanges.length > 0);
  for (const [number, assumable] of roleClasses.entries()) {
    const known = new Map<SourceCandidate['sourceClass'], AllowedRoles>();
    for (const candidate of callersOf(assumable)) {
      const assumption = assumptionOf(assumable, candidate);
      const trusted = allowedSide(assumable.policies, mayLift, (trust) => trustAllows({ ...assumption, trust }));
      if (trusted === undefined) continue;
      const allowed = getOrCreate(known, candidate.sourceClass, () => rolesAllowedTo(assumable, candidate, mayLift));
      if (candidate.session !== undefined && allowed.all.length > 0) sessions.set(candidate.node, candidate);
      const through = `crossing:${number}:${candidate.sourceClass.id}`;
      const [open, others] = trusted.levels.length === 0 ? [allowed.open, allowed.blocked] : [[], allowed.all];
      connectRoles(graph, candidate, { trusted, through, roles: open, nodeOf: ({ role }) => role });
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
  connectSessions(graph, { roleClasses, callersOf, sessions });
  return blocked;
}

const connectPreparation = (graph: ReachGraph, to: string, preparation: Preparation): void => {
  graph.connect(graph.node(preparation.from), steps(graph.node(to), preparation));
};

/** The sessions with tags from which roles are assumed. */
interface Sessions {
  readonly roleClasses: readonly RoleClass[];
  readonly callersOf: (assumable: RoleClass) => readonly SourceCandidate[];
  /** By their nodes. */
  readonly sessions: Map<string, SourceCandidate>;
}

/** Adds who gets these sessions, in the account of the role and in others. A caller may be a session with tags too, and is then added. */
function connectSessions(graph: ReachGraph, { roleClasses, callersOf, sessions }: Sessions): void {
  const classOf = new Map(roleClasses.flatMap((each) => each.roles.map(({ role }) => [role, each])));
  const callers = new Map<RoleClass, readonly SourceCandidate[]>();
  // The map grows during the loop.
  for (const [node, { principal, session, account }] of sessions) {
    for (const tagging of session?.inAccount ?? []) connectPreparation(graph, node, tagging);
    const assumable = classOf.get(principal.arn);
    if (session === undefined || assumable === undefined) continue;
    for (const caller of getOrCreate(callers, assumable, () => callersOf(assumable))) {
      if (caller.account === account) continue;
      const assumption = { ...assumptionOf(assumable, caller, principal.arn, account), sessionTags: session.tags };
      const [trusted, grant] = [trustAllows(assumption), identityAllows(assumption)];
      if (trusted.kind === 'refused' || grant.kind === 'refused') continue;
      const through = `session:${caller.sourceClass.id}:${node}`;
      const to = { role: principal.arn, account, grant, levels: [] };
      const crossing = {
        trusted: { grant: trusted, levels: [] },
        through,
        roles: [to],
        nodeOf: () => node,
        isTagged: true,
      } as const;
      connectRoles(graph, caller, crossing);
      if (caller.session !== undefined) sessions.set(caller.node, caller);
    }
  }
}

/** How a candidate leaves its account: to which of the roles, each at its node, and by which node in between. */
interface Crossing {
  readonly trusted: AllowedSide;
  readonly through: string;
  readonly roles: readonly AllowedRole[];
  readonly nodeOf: (to: AllowedRole) => string;
  /** Whether it gives tags to the session. */
  readonly isTagged?: true;
}

function connectRoles(graph: ReachGraph, candidate: SourceCandidate, crossing: Crossing): void {
  const { trusted, through, roles, nodeOf, isTagged } = crossing;
  if (roles.length === 0) return;
  const isNew = graph.find(through) === undefined;
  const between = graph.node(through);
  if (isNew)
    for (const to of roles)
      graph.connect(between, { ...assumeEdge(graph.node(nodeOf(to)), to.role, to.grant), ...(isTagged && { isTagged }) });
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
function rolesAllowedTo(assumable: RoleClass, candidate: SourceCandidate, mayLift: boolean): AllowedRoles {
  const { isUnrestricted, policies } = candidate.sourceClass;
  let same: AllowedSide | undefined;
  const all = rolesFor(assumable, candidate).flatMap(({ role, account }) => {
    const assumption = assumptionOf(assumable, candidate, role, account);
    const allowed = same ?? allowedSide(policies, mayLift, (identity) => identityAllows({ ...assumption, identity }));
    if (isUnrestricted) same = allowed;
    return allowed === undefined ? [] : [{ role, account, ...allowed }];
  });
  const isOpen = ({ levels }: AllowedRole) => levels.length === 0;
  return { all, open: all.filter(isOpen), blocked: all.filter((role) => !isOpen(role)) };
}

const assumeEdge = (to: number, role: string, { statements, conditions, certain }: Grant) =>
  ({ kind: 'arrive', to, role, identity: statements, conditions, certain, cost: 0 }) as const;

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
  const found = new Map(
    [...new Set(values)]
      .sort()
      .flatMap((value) => takeoverOf(value) ?? [])
      .map((takenOver) => [takenOver.candidate.node, takenOver]),
  );
  const all = [...found.values()].map(({ candidate }) => candidate);
  const candidates = fromOtherAccounts(all, account, roles);
  for (const candidate of candidates) {
    const takeover = found.get(candidate.node)?.takeover;
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
