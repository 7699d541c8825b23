import { mayAllowEverything } from '../iam/action-prefilter.ts';
import { type Counts, countsWhere, granted, refused } from '../iam/authorization-result.ts';
import { canDoEverything } from '../iam/authorization.ts';
import type { Principal } from '../iam/principal.ts';
import { DerivedTable } from '../model/derived-values.ts';
import { createIdentityTechniques } from '../techniques/iam/create-identity.ts';
import { mayUse } from '../techniques/technique.ts';
import { type Budget, createBudget } from './budget.ts';
import { type Goal, createExploration, edgesOf, startsOf } from './exploration.ts';
import type { Edge } from './graph.ts';
import type { Impersonation } from './impersonation.ts';
import type { Acting } from './moves.ts';
import type { Combinations } from './possible-moves.ts';
import { type PathSegment, type SearchState, markAdmin } from './state.ts';

/** A way to admin in one step: it is allowed everything, or uses a technique. */
type Way = Omit<Goal, 'actor'>;

/** The first way that a principal has, if there is one. */
type WaySearch = (actor: Principal) => readonly Way[];

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

/** Finds how a principal gets to admin, by as few of the moves as are needed. */
function createCombinationSearch(
  state: SearchState,
  attempts: Budget,
  actsAlone: Combinations['actsAlone'],
): (start: Principal, positions: Budget) => PathSegment | undefined {
  const counts = countsWhere(state.certain);
  const explore = createExploration(state, attempts, actsAlone);
  const waysOf = createWaySearch(state, counts);
  return (start, positions) =>
    explore(start, positions, ({ acting, moves }) => {
      const goal = goalOf(state, waysOf, acting);
      return goal && segmentOf(start, edgesOf(start, moves, goal, counts), goal, state);
    });
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

/** From an identity that is known to become admin, the path goes on as that one does. */
const segmentOf = (start: Principal, edges: readonly Edge[], { actor }: Goal, { isAdmin }: SearchState): PathSegment =>
  actor !== start && isAdmin(actor) ? { edges, next: actor } : { edges };
