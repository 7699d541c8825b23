import { actionSet, mayAllowAny } from '../iam/action-prefilter.ts';
import { type AuthorizationResult, type Counts, countsWhere } from '../iam/authorization-result.ts';
import type { Principal } from '../iam/principal.ts';
import type { Technique } from '../techniques/technique.ts';
import { createTargetSearch } from './act-as-targets.ts';
import type { Budget } from './budget.ts';
import { createChangeSearch } from './change-search.ts';
import { fewest } from './fewest.ts';
import type { Edge } from './graph.ts';
import type { Impersonation } from './impersonation.ts';
import { type Move, beginning } from './moves.ts';
import { type Combinations, type Position, afterMove, losingMoves, safeMoves } from './possible-moves.ts';
import { selfChangeActions } from './self-escalation.ts';
import { createSignature } from './signature.ts';
import { type SearchState, withConditions } from './state.ts';

/** The actions that change an identity, a group or a policy. */
const identityChangeActions = actionSet(selfChangeActions.filter((action) => action.startsWith('iam:')));

/** The actions that make an identity, to which another one may then give permissions. */
export const createActions = actionSet(['iam:CreateRole', 'iam:CreateUser']);

/** The principals that can act as another one, where one of them can change an identity, and those that can create one to act as. */
export function startsOf(
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

/** Looks at the positions that a start comes to, until one gives a result, within the budget of positions. */
export type Exploration = <R>(
  start: Principal,
  positions: Budget,
  resultOf: (position: Position) => R | undefined,
) => R | undefined;

/**
 * Moves that lose nothing are made as long as there are any. Of those that may lose permissions, each is tried from there, since one can
 * take away what another one needs. No two ways to the same position are followed.
 */
export function createExploration(state: SearchState, attempts: Budget, actsAlone: Combinations['actsAlone']): Exploration {
  const counts = countsWhere(state.certain);
  const combinations: Combinations = {
    state,
    counts,
    targetsOf: createTargetSearch(state, counts, attempts),
    changesOf: createChangeSearch(state.graph.account, counts),
    actsAlone,
  };
  return (start, positions, resultOf) => {
    const signatureOf = createSignature();
    const seen = new Set<string>();
    const visit = (from: Position): ReturnType<typeof resultOf> => {
      let position = from;
      for (;;) {
        const result = resultOf(position);
        if (result !== undefined) return result;
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

/** What moves are made for: what an actor can do then, by a technique or as it is. */
export interface Goal {
  readonly actor: Principal;
  readonly technique?: Technique;
  readonly answer: (actor: Principal) => AuthorizationResult;
}

/** The edges of as few of the moves as reach the goal. */
export const edgesOf = (start: Principal, moves: readonly Move[], goal: Goal, counts: Counts): readonly Edge[] =>
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
