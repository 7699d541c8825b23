import { derivedValues } from '../model/derived-values.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { type Observed, collected } from '../model/observed.ts';
import type { Access, Blocker, PrincipalVerdict, Step, Verdict, VerdictCondition } from '../model/verdict.ts';
import { type Account, compileAccount, fullAccess } from '../iam/account.ts';
import type { Principal, PermissionLimit } from '../iam/principal.ts';
import { type AuthorizationResult, type Grant, refused, unique } from '../iam/authorization-result.ts';
import { can, limitsOf } from '../iam/authorization.ts';
import { platformClaim } from '../iam/platform-roles.ts';
import { type AdminSearch, searchAdmins, techniquesOf } from './search.ts';
import { rootVerdict } from './root.ts';
import type { Technique } from '../techniques/technique.ts';
import { type PathSegment, type ReachableAdmins, type SearchLimits, usualLimits } from './state.ts';
import type { Edge, EscalationGraph } from './graph.ts';

/**
 * Finds who is admin in the account of the snapshot, and who can become it. `limits` are those from outside the account
 * (SCPs and RCPs), which apply to every principal.
 */
export function analyze(snapshot: Omit<Snapshot, 'calls'>, limits: readonly PermissionLimit[] = []): Observed<Access> {
  const analysis = analyzeAccount(snapshot, limits);
  return analysis.status === 'unavailable' ? analysis : collected(analysis.value.access);
}

/** The verdicts of an account, with the data from which they were found, for further questions. */
export interface Analysis {
  readonly account: Account;
  readonly search: AdminSearch;
  readonly access: Access;
}

/** As {@link analyze}, and keeps the data that it worked on. */
export function analyzeAccount(
  snapshot: Omit<Snapshot, 'calls'>,
  limits: readonly PermissionLimit[] = [],
  searchLimits: SearchLimits = usualLimits,
): Observed<Analysis> {
  const { identities } = snapshot.facts;
  if (identities.status === 'unavailable') return identities;
  const account = compileAccount(snapshot, identities.value, limits);
  const search = searchAdmins(account, searchLimits);
  const root = rootVerdict(account, limits);
  return collected({ account, search, access: new Map([[root.arn, root], ...principalVerdicts(account, search)]) });
}

/** The verdicts of the users and roles, by ARN. */
export const principalVerdicts = (account: Account, search: AdminSearch): Access =>
  new Map(account.principals.map((principal) => [principal.arn, verdictOf(account, search, principal)]));

function verdictOf(account: Account, search: AdminSearch, principal: Principal): PrincipalVerdict {
  const found = provenVerdict(account, search, principal);
  return { arn: principal.arn, type: principal.kind, platform: isPlatformRole(account, principal, found), ...found };
}

type ProvenVerdict = Omit<PrincipalVerdict, 'arn' | 'type' | 'platform'>;

function provenVerdict(account: Account, { graph, certain, possible }: AdminSearch, principal: Principal): ProvenVerdict {
  const proven = proof(certain, principal);
  if (proven) return { verdict: proven.verdict, ...pathAndConditions(graph, proven), blockedBy: [] };
  const blockedBy = blockersOf(account, graph, principal);
  const supposed =
    proof(possible, principal) ?? unreadablePolicyProof(principal) ?? unfinishedProof([graph, certain, possible], principal);
  if (supposed) return { verdict: 'conditional', would: supposed.verdict, ...pathAndConditions(graph, supposed), blockedBy };
  return { verdict: 'none', conditions: [], path: [], blockedBy };
}

/**
 * Whether the principal is a platform role, by its name and by all else that the real one has. Verdicts follow from the identities alone,
 * so any other account may be the management account; `platform-role-imitated` compares it with the organization.
 */
function isPlatformRole({ accountId, trusts }: Account, { kind, arn, identity }: Principal, found: ProvenVerdict): boolean {
  if (kind === 'user') return false;
  const isManagementAccount = (other: string) => other !== accountId;
  const claim = platformClaim(identity, trusts.get(arn), found, { accountId, isManagementAccount });
  return claim !== undefined && claim.contradiction === undefined;
}

/** A verdict with the edges that prove it. */
interface Proof {
  readonly verdict: Verdict;
  readonly edges: readonly Edge[];
  readonly conditions?: readonly VerdictCondition[];
}

const ALLOWS_EVERYTHING = {
  id: 'allows-everything',
  aliases: [],
  title: 'Has administrator access: every action on every resource is allowed',
  actions: ['*'],
};

function proof(level: ReachableAdmins, principal: Principal): Proof | undefined {
  const grant = level.admins.get(principal);
  if (grant) return { verdict: 'admin', edges: [{ technique: ALLOWS_EVERYTHING, from: principal, to: principal.arn, grant }] };
  const canBecome = level.canBecome.get(principal);
  if (canBecome) return { verdict: 'can-become-admin', ...follow(canBecome, level.canBecome, level) };
  const others = level.canGrant.get(principal);
  // Who shares a role that becomes admin gives what the role can do.
  const next = { get: (other: Principal) => level.canGrant.get(other) ?? level.canBecome.get(other) };
  return others && { verdict: 'can-grant-admin', ...follow(others, next, level) };
}

/** All edges of the path. The conditions on which the admin at its end depends count too. */
function follow(
  first: PathSegment,
  segments: Pick<ReadonlyMap<Principal, PathSegment>, 'get'>,
  { admins }: ReachableAdmins,
): Omit<Proof, 'verdict'> {
  const edges: Edge[] = [];
  let last: Principal | undefined;
  for (let segment: PathSegment | undefined = first; segment; segment = segment.next && segments.get(segment.next)) {
    edges.push(...segment.edges);
    last = segment.next;
  }
  const admin: Grant | undefined = last && admins.get(last);
  return { edges, ...(admin ? { conditions: admin.conditions } : {}) };
}

/** A policy that could not be read might allow anything. */
const unreadablePolicyProof = ({ unreadable }: Principal): Proof | undefined =>
  unreadable.length === 0
    ? undefined
    : {
        verdict: 'admin',
        edges: [],
        conditions: unreadable.map((policy) => ({
          key: `policy:${policy}`,
          controlledBy: 'environment',
          text: `${policy}, which could not be read, allows everything`,
        })),
      };

/** A path may exist that was not tried. */
const unfinishedProof = (searches: readonly Pick<ReachableAdmins, 'unfinished'>[], principal: Principal): Proof | undefined =>
  searches.some(({ unfinished }) => unfinished.has(principal))
    ? {
        verdict: 'can-become-admin',
        edges: [],
        conditions: [
          {
            key: 'search:limit',
            controlledBy: 'environment',
            text: 'a combination of steps leads to admin that was not tried, because the search for it reached its limit',
          },
        ],
      }
    : undefined;

const pathAndConditions = (
  graph: EscalationGraph,
  { edges, conditions = [] }: Proof,
): Pick<PrincipalVerdict, 'path' | 'conditions'> => ({
  path: stepsOf(graph, edges),
  conditions: unique([...edges.flatMap(({ grant }) => grant.conditions), ...conditions]),
});

/** The edges as steps of a path. */
export const stepsOf = (graph: EscalationGraph, edges: readonly Edge[]): readonly Step[] =>
  edges.map((edge) => knownStep(graph, edge));

/** The steps of edges seen before: many paths share their last edges. */
const steps = derivedValues.table<Edge, Step>();

function knownStep(graph: EscalationGraph, edge: Edge): Step {
  const step = steps.get(edge) ?? stepOf(graph, edge);
  steps.set(edge, step);
  return step;
}

/** The calls of a step: those of its technique, which say what it is, and those that must be made before for this grant. */
export const callsOf = ({ actions }: Pick<Technique, 'actions'>, { calls = [] }: Pick<Grant, 'calls'>): readonly string[] =>
  calls.length === 0 ? actions : unique([...actions, ...calls]);

/** An edge as a step of the path, with the aliases of every technique that gives the same edge. */
function stepOf(graph: EscalationGraph, edge: Edge): Step {
  const { technique, from, to, grant } = edge;
  const aliases = unique(techniquesOf(graph, edge).flatMap((other) => other.aliases));
  return {
    rule: technique.id,
    title: technique.title,
    aliases,
    actions: callsOf(technique, grant),
    from: from.arn,
    to,
    statements: grant.statements.filter(({ policy }) => policy !== fullAccess.origin),
  };
}

/** Actions worth a mention where a policy grants them and something else denies them: any of them would lead further. */
const blockerActions = [
  'iam:PutUserPolicy',
  'iam:PutRolePolicy',
  'iam:AttachUserPolicy',
  'iam:AttachRolePolicy',
  'iam:CreateAccessKey',
  'iam:PassRole',
  'sts:AssumeRole',
];
const MOST_BLOCKERS = 5;

/** What blocks a principal whose policies grant more than it can use. */
function blockersOf(account: Account, { directAdmins }: EscalationGraph, principal: Principal): readonly Blocker[] {
  if (limitsOf(principal).length === 0 && !principal.policies.some(({ hasDeny }) => hasDeny)) return [];
  const blockers = (answer: AuthorizationResult) => (answer.kind === 'refused' ? answer.blockers : []);
  const whole = blockers(directAdmins.get(principal) ?? refused());
  const parts = blockerActions.flatMap((action) => blockers(can(account, principal, action, principal.arn)));
  return unique([...whole, ...parts]).slice(0, MOST_BLOCKERS);
}
