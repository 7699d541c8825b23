import { actionSet, mayAllowAny, mayAllowEverything } from '../iam/action-prefilter.ts';
import { type AuthorizationResult, type Counts, countsWhere, granted, refused } from '../iam/authorization-result.ts';
import { canDoEverything } from '../iam/authorization.ts';
import type { Principal } from '../iam/principal.ts';
import { DerivedTable } from '../model/derived-values.ts';
import { createIdentityTechniques } from '../techniques/iam/create-identity.ts';
import { type Technique, mayUse } from '../techniques/technique.ts';
import { createTargetSearch } from './act-as-targets.ts';
import { type Budget, createBudget } from './budget.ts';
import { createChangeSearch } from './change-search.ts';
import { fewest } from './fewest.ts';
import type { Edge } from './graph.ts';
import type { Impersonation } from './impersonation.ts';
import { type Acting, type Move, beginning } from './moves.ts';
import { type Combinations, type Position, afterMove, losingMoves, safeMoves } from './possible-moves.ts';
import { createSignature } from './signature.ts';
import { selfChangeActions } from './self-escalation.ts';
import { type PathSegment, type SearchState, markAdmin, withConditions } from './state.ts';

/** A way to admin in one step: it is allowed everything, or uses a technique. */
interface Way {
  readonly technique?: Technique;
  readonly answer: (actor: Principal) => AuthorizationResult;
}

/** The first way that a principal has, if there is one. */
type WaySearch = (actor: Principal) => readonly Way[];

/** A way to admin that an actor has. */
interface Goal extends Way {
  readonly actor: Principal;
}

/** The actions that change an identity, a group or a policy. */
const identityChangeActions = actionSet(selfChangeActions.filter((action) => action.startsWith('iam:')));

/** The actions that make an identity, to which another one may then give permissions. */
export const createActions = actionSet(['iam:CreateRole', 'iam:CreateUser']);

/**
 * Marks the principals that become admin by combining what several identities may do, where no single one of them gets there: one
 * changes a policy, a group, a boundary or tags, or creates a role or a user, and another then may do more. True if any was found. Principals for
 * which the search reached a limit are kept as unfinished.
 */
export function markCombinations(state: SearchState, impersonation: Impersonation): boolean {
  const { limits, unfinished } = state;
  const attempts = createBudget(limits.attempts);
  const starts = startsOf(state, impersonation);
  const combine = createCombinationSearch(state, attempts, (principal) => starts.get(principal) === 'alone');
  let found = false;
  unfinished.clear();
  for (const principal of starts.keys()) {
    if (state.isAdmin(principal)) continue;
    const positions = createBudget(limits.positions);
    const segment = combine(principal, positions);
    if (segment === undefined) {
      if (attempts.isSpent() || positions.isSpent()) unfinished.add(principal);
      continue;
    }
    markAdmin(state, principal, segment);
    found = true;
  }
  return found;
}

/** The principals that can act as another one, where one of them can change an identity, and those that can create one to act as. */
function startsOf(
  { graph: { account }, isAdmin }: SearchState,
  impersonation: Impersonation,
): ReadonlyMap<Principal, 'alone' | 'with others'> {
  const starts = new Map<Principal, 'alone' | 'with others'>();
  for (const principal of account.principals) {
    if (isAdmin(principal) || !mayAllowAny(principal, identityChangeActions)) continue;
    if (mayAllowAny(principal, createActions) && !starts.has(principal)) starts.set(principal, 'alone');
    for (const impersonator of impersonation.impersonatorsOf(principal).keys()) starts.set(impersonator, 'with others');
    for (const _ of impersonation.targetsOf(principal)) {
      starts.set(principal, 'with others');
      break;
    }
  }
  return starts;
}

/**
 * Moves that lose nothing are made as long as there are any. Of those that may lose permissions, each is tried from there, since one can
 * take away what another one needs. No two ways to the same position are followed.
 */
function createCombinationSearch(
  state: SearchState,
  attempts: Budget,
  actsAlone: Combinations['actsAlone'],
): (start: Principal, positions: Budget) => PathSegment | undefined {
  const counts = countsWhere(state.certain);
  const combinations: Combinations = {
    state,
    counts,
    targetsOf: createTargetSearch(state, counts, attempts),
    changesOf: createChangeSearch(state.graph.account, counts),
    actsAlone,
  };
  const waysOf = createWaySearch(state, counts);
  return (start, positions) => {
    const signatureOf = createSignature();
    const seen = new Set<string>();
    const visit = (from: Position): PathSegment | undefined => {
      let position = from;
      for (;;) {
        const goal = goalOf(state, waysOf, position.acting);
        if (goal !== undefined) return segmentOf(start, edgesOf(start, position.moves, goal, counts), goal, state);
        const next = safeMoves(combinations, position);
        if (next.length === 0) break;
        if (!positions.take()) return undefined;
        position = next.reduce(afterMove, position);
      }
      for (const move of losingMoves(combinations, position)) {
        const next = afterMove(position, move);
        const signature = signatureOf(next.acting);
        if (seen.has(signature)) continue;
        seen.add(signature);
        if (!positions.take()) return undefined;
        const found = visit(next);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    return visit({ acting: beginning(start), moves: [], made: new Set() });
  };
}

/** A way to admin that one of the actors has now. */
function goalOf({ isAdmin }: SearchState, waysOf: WaySearch, { identities }: Acting): Goal | undefined {
  for (const [actor, current] of identities) {
    if (isAdmin(actor)) return { actor, answer: () => granted() };
    const [way] = waysOf(current);
    if (way !== undefined) return { actor, ...way };
  }
  return undefined;
}

/** Finds how principals get to admin by one step of their own. A search comes to the same principal again and again, and asks once. */
function createWaySearch({ graph: { account, effectsOn } }: SearchState, counts: Counts): WaySearch {
  const known = new DerivedTable<Principal, readonly Way[]>();
  const ways: readonly Way[] = [
    { answer: (actor) => (mayAllowEverything(actor) ? canDoEverything(account, actor) : refused()) },
    ...createIdentityTechniques.map((technique) => ({
      technique,
      answer: (actor: Principal) => (mayUse(actor, technique) ? technique.attempt(account, actor, effectsOn) : refused()),
    })),
  ];
  const firstOf = (actor: Principal) => {
    const way = ways.find(({ answer }) => counts(answer(actor)));
    return way === undefined ? [] : [way];
  };
  return (actor) => known.getOrCreate(actor, () => firstOf(actor));
}

/** The edges of as few of the moves as reach the goal. */
const edgesOf = (start: Principal, moves: readonly Move[], goal: Goal, counts: Counts): readonly Edge[] =>
  fewest(moves, (kept) => replay(start, kept, goal, counts)) ?? [];

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

/** From an identity that is known to become admin, the path goes on as that one does. */
const segmentOf = (start: Principal, edges: readonly Edge[], { actor }: Goal, { isAdmin }: SearchState): PathSegment =>
  actor !== start && isAdmin(actor) ? { edges, next: actor } : { edges };
