import { actionSet, mayAllowAny } from '../iam/action-prefilter.ts';
import { type AuthorizationResult, type Grant, granted } from '../iam/authorization-result.ts';
import { canDoEverything } from '../iam/authorization.ts';
import type { Principal } from '../iam/principal.ts';
import { createIdentityTechniques } from '../techniques/iam/create-identity.ts';
import type { Technique } from '../techniques/technique.ts';
import { type ActAsTarget, createTargetSearch } from './act-as-targets.ts';
import type { Edge } from './graph.ts';
import { otherGroupChanges } from './identity-changes/gains.ts';
import { otherPolicyChanges } from './identity-changes/versions.ts';
import type { Impersonation } from './impersonation.ts';
import { type Acting, type Move, actAs, beginning, changeIdentity, changeShared } from './moves.ts';
import { changesOn, selfChangeActions } from './self-escalation.ts';
import { type PathSegment, type SearchState, markAdmin, withConditions } from './state.ts';

/** A way to admin from there. */
interface Goal {
  readonly actor: Principal;
  readonly technique?: Technique;
  readonly answer: (actor: Principal) => AuthorizationResult;
}

const MOST_MOVES = 30;

/** The actions that change an identity, a group or a policy. */
const identityChangeActions = actionSet(selfChangeActions.filter((action) => action.startsWith('iam:')));

/**
 * Marks the principals that become admin by combining what several identities may do, where no single one of them gets there: one
 * changes a policy, a group, a boundary or tags, and another then may do more. True if any was found.
 */
export function markCombinations(state: SearchState, impersonation: Impersonation): boolean {
  const combine = createCombinationSearch(state);
  let found = false;
  for (const principal of startsOf(state, impersonation)) {
    const segment = state.isAdmin(principal) ? undefined : combine(principal);
    if (segment === undefined) continue;
    markAdmin(state, principal, segment);
    found = true;
  }
  return found;
}

/** The principals that can act as another one, where one of them can change an identity. */
function startsOf({ graph: { account }, isAdmin }: SearchState, impersonation: Impersonation): ReadonlySet<Principal> {
  const starts = new Set<Principal>();
  for (const principal of account.principals) {
    if (isAdmin(principal) || !mayAllowAny(principal, identityChangeActions)) continue;
    for (const impersonator of impersonation.impersonatorsOf(principal).keys()) starts.add(impersonator);
    for (const _ of impersonation.targetsOf(principal)) {
      starts.add(principal);
      break;
    }
  }
  return starts;
}

type Counts = (answer: AuthorizationResult) => answer is Grant;

/** The moves of the actors, and what counts as possible. */
interface Combinations {
  readonly state: SearchState;
  readonly counts: Counts;
  /** The identities that an actor can act as, and how. */
  readonly targetsOf: (actor: Principal) => readonly ActAsTarget[];
}

function createCombinationSearch(state: SearchState): (start: Principal) => PathSegment | undefined {
  const counts = (answer: AuthorizationResult): answer is Grant =>
    answer.kind === 'granted' && (!state.certain || answer.certain);
  const combinations = { state, counts, targetsOf: createTargetSearch(state, counts) };
  return (start) => {
    let acting = beginning(start);
    const moves: Move[] = [];
    const made = new Set<string>();
    for (;;) {
      const goal = goalOf(combinations, acting);
      if (goal !== undefined) return segmentOf(start, fewest(start, moves, goal, counts), goal, state);
      const next = moves.length < MOST_MOVES ? nextMove(combinations, acting, made) : undefined;
      if (next === undefined) return undefined;
      made.add(next[0]);
      moves.push(next[1]);
      acting = next[1].after(acting);
    }
  };
}

/** Moves that may lose permissions come last, and before them changes to policies and groups of others. */
function nextMove(
  { state, counts, targetsOf }: Combinations,
  acting: Acting,
  made: ReadonlySet<string>,
): readonly [key: string, Move] | undefined {
  const { account } = state.graph;
  const { identities } = acting;
  const team = [...identities.values()];
  const isOpen = (key: string, move: Move) => !made.has(key) && counts(move.answer(acting));
  let late: readonly [string, Move] | undefined;
  for (const [by, actor] of identities) {
    for (const [on, technique] of targetsOf(actor)) if (!identities.has(on)) return [on.arn, actAs(account, by, on, technique)];
    for (const [on, current] of identities)
      for (const change of changesOn(account, actor, current, team)) {
        const [key, move] = [`${on.arn} ${change.key}`, changeIdentity(by, on, change)];
        if ((change.mayLose && late !== undefined && !isNarrowing(late[1])) || !isOpen(key, move)) continue;
        if (!change.mayLose) return [key, move];
        late = late !== undefined && isNarrowing(move) ? late : [key, move];
      }
  }
  if (late === undefined) return undefined;
  for (const [by, actor] of identities)
    for (const shared of [...otherPolicyChanges(account, actor, team), ...otherGroupChanges(account, actor, team)]) {
      const move = changeShared(by, shared);
      if (isOpen(shared.change.key, move)) return [shared.change.key, move];
    }
  return late;
}

/** A boundary that allows less costs the most. */
const isNarrowing = ({ technique }: Move): boolean => technique.id.endsWith('-permissions-boundary');

/** A way to admin that one of the actors has now. */
function goalOf({ state, counts }: Combinations, { identities }: Acting): Goal | undefined {
  for (const [actor, current] of identities)
    for (const goal of goalsOf(state, actor)) if (counts(goal.answer(current))) return goal;
  return undefined;
}

const goalsOf = ({ isAdmin, graph: { account, effectsOn } }: SearchState, actor: Principal): readonly Goal[] => [
  ...(isAdmin(actor) ? [{ actor, answer: () => granted() }] : []),
  { actor, answer: (current) => canDoEverything(account, current) },
  ...createIdentityTechniques.map((technique) => ({
    actor,
    technique,
    answer: (current: Principal) => technique.attempt(account, current, effectsOn),
  })),
];

/** The edges of the moves, if each is still possible and the goal is reached. */
function replay(start: Principal, moves: readonly Move[], goal: Goal, counts: Counts): readonly Edge[] | undefined {
  let acting = beginning(start);
  const edges: Edge[] = [];
  for (const move of moves) {
    const from = acting.identities.get(move.by);
    const grant = move.answer(acting);
    if (from === undefined || !counts(grant)) return undefined;
    edges.push({ technique: move.technique, from, to: move.to, grant });
    acting = move.after(acting);
  }
  const actor = acting.identities.get(goal.actor);
  const grant = actor && goal.answer(actor);
  if (actor === undefined || grant === undefined || !counts(grant)) return undefined;
  return goal.technique === undefined
    ? withConditions(edges, grant)
    : [...edges, { technique: goal.technique, from: actor, to: actor.arn, grant }];
}

/** As few of the moves as reach the goal. */
function fewest(start: Principal, moves: readonly Move[], goal: Goal, counts: Counts): readonly Edge[] {
  let kept = moves;
  for (const move of moves) {
    const without = kept.filter((other) => other !== move);
    if (replay(start, without, goal, counts) !== undefined) kept = without;
  }
  return replay(start, kept, goal, counts) ?? [];
}

/** From an identity that is known to become admin, the path goes on as that one does. */
const segmentOf = (start: Principal, edges: readonly Edge[], { actor }: Goal, { isAdmin }: SearchState): PathSegment =>
  actor !== start && isAdmin(actor) ? { edges, next: actor } : { edges };
