import { getOrCreate } from '../../model/get-or-create.ts';
import type { Grant } from '../../iam/authorization-result.ts';
import type { TagAssignment } from '../../iam/tag-assignments.ts';
import type { AccountEdges, Tagging, Takeover } from '../edges.ts';
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
import type { SessionCandidate, SourceCandidate } from './source-candidate.ts';
import { type SourceCandidates, sourceCandidatesOf } from './source-candidates.ts';
import { wantedTags, withWantedTags } from './tagged-candidates.ts';

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
  const roleClasses = roleClassesOf(accounts);
  const candidates = sourceCandidatesOf(accounts, wantedTags(roleClasses.map(({ policies }) => policies)));
  connectTaggings(graph, candidates);
  const taggable = taggableRoles(candidates.sessions);
  const blocked = new Map<string, BlockedAssumption>();
  const ways = new Map<string, number>();
  const mayLift = accounts.some(({ guardrailChanges }) => guardrailChanges.length > 0);
  for (const [number, assumable] of roleClasses.entries()) {
    const known = new Map<SourceCandidate['sourceClass'], readonly AllowedRole[]>();
    const withTags = taggable.filter(({ nodes }) => assumable.roles.some(({ role }) => nodes.has(role)));
    const possible = [...candidatesFor(assumable, candidates), ...takenOver(graph, assumable, candidates)];
    for (const candidate of possible.flatMap((each) => withWantedTags(each, assumable.policies))) {
      const assumption = assumptionOf(assumable, candidate);
      for (const taggable of withTags) connectSessions(graph, { assumable, number }, candidate, taggable);
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

/** The principals that tag themselves, and the sessions with tags inside the accounts. */
function connectTaggings(graph: ReachGraph, { all, sessions }: SourceCandidates): void {
  const connect = (from: string, to: string, { step, conditions }: Tagging) => {
    graph.connect(graph.node(from), steps(graph.node(to), { path: [step], conditions }));
  };
  for (const { node, principal, tagged } of all) if (tagged !== undefined) connect(principal.arn, node, tagged);
  for (const { candidate, sessions: inAccount } of sessions)
    for (const session of inAccount) connect(session.from, candidate.node, session);
}

/** The roles whose sessions can have certain tags that are wanted, and the nodes of those sessions. */
interface TaggableRoles {
  readonly tags: TagAssignment;
  readonly nodes: Map<string, string>;
}

function taggableRoles(sessions: readonly SessionCandidate[]): readonly TaggableRoles[] {
  const byTags = new Map<string, TaggableRoles>();
  for (const { tags, candidate } of sessions)
    getOrCreate(byTags, JSON.stringify([...tags]), () => ({ tags, nodes: new Map<string, string>() })).nodes.set(
      candidate.principal.arn,
      candidate.node,
    );
  return [...byTags.values()];
}

/** A candidate of another account assumes roles of the class with these tags. */
function connectSessions(
  graph: ReachGraph,
  { assumable, number }: { readonly assumable: RoleClass; readonly number: number },
  candidate: SourceCandidate,
  { tags: sessionTags, nodes }: TaggableRoles,
): void {
  const possible = rolesFor(assumable, candidate).filter(({ role }) => nodes.has(role));
  if (possible.length === 0) return;
  const trusted = trustAllows({ ...assumptionOf(assumable, candidate), sessionTags });
  if (trusted.kind === 'refused') return;
  const roles = possible.flatMap(({ role, account }): readonly AllowedRole[] => {
    const grant = identityAllows({ ...assumptionOf(assumable, candidate, role, account), sessionTags });
    return grant.kind === 'refused' ? [] : [{ role, account, grant, levels: [] }];
  });
  const through = `session:${number}:${candidate.sourceClass.id}:${JSON.stringify([...sessionTags])}`;
  const nodeOf = ({ role }: AllowedRole) => nodes.get(role) ?? role;
  connectRoles(graph, candidate, { trusted: { grant: trusted, levels: [] }, through, roles, nodeOf, isTagged: true });
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
