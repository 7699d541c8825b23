import { mayAllowAny } from '../iam/action-prefilter.ts';
import type { Counts } from '../iam/authorization-result.ts';
import type { Principal } from '../iam/principal.ts';
import type { ActAsTarget } from './act-as-targets.ts';
import type { ChangeSearch } from './change-search.ts';
import { otherGroupChanges } from './identity-changes/gains.ts';
import { newIdentities } from './identity-changes/new-identities.ts';
import { otherPolicyChanges } from './identity-changes/versions.ts';
import { type Acting, type Move, actAs, changeIdentity, changeShared, createIdentity } from './moves.ts';
import { changeActionSet } from './self-escalation.ts';
import type { SearchState } from './state.ts';

/** Where a search stands: who the actor acts as, and by which moves, each made once. */
export interface Position {
  readonly acting: Acting;
  readonly moves: readonly Move[];
  readonly made: ReadonlySet<string>;
}

/** A move, and the key by which it is known. */
export type KnownMove = readonly [key: string, move: Move];

/** The moves of the actors, and what counts as possible. */
export interface Combinations {
  readonly state: SearchState;
  readonly counts: Counts;
  /** The identities that an actor can act as, and how. */
  readonly targetsOf: (actor: Principal) => readonly ActAsTarget[];
  readonly changesOf: ChangeSearch;
  /** Whether a principal is known to act as no other one, even once it has changed itself. */
  readonly actsAlone: (principal: Principal) => boolean;
}

/** The position after a move. */
export const afterMove = ({ acting, moves, made }: Position, [key, move]: KnownMove): Position => ({
  acting: move.after(acting),
  moves: [...moves, move],
  made: new Set([...made, key]),
});

/** The next moves that lose nothing: all at once but new identities, of which one could take the name of another one. */
export function safeMoves(combinations: Combinations, position: Position): readonly KnownMove[] {
  const moves = [...newTargets(combinations, position), ...safeChanges(combinations, position)];
  return moves.length > 0 ? moves : newIdentity(combinations, position);
}

/** The actors act as further identities. */
function newTargets({ state, targetsOf, actsAlone }: Combinations, { acting: { identities } }: Position): readonly KnownMove[] {
  const found = new Map<string, Move>();
  for (const [by, actor] of identities)
    for (const [on, technique] of actsAlone(by) ? [] : targetsOf(actor))
      if (!identities.has(on) && !found.has(on.arn)) found.set(on.arn, actAs(state.graph.account, by, on, technique));
  return [...found];
}

/** The actors change identities that they act as, in ways by which nothing is lost. */
function safeChanges({ changesOf }: Combinations, { acting, made }: Position): readonly KnownMove[] {
  const { identities } = acting;
  const team = [...identities.values()];
  const found = new Map<string, Move>();
  for (const [by, actor] of identities)
    for (const [on, current] of identities)
      for (const change of changesOf(actor, current, team).safe) {
        const key = `${on.arn} ${change.key}`;
        if (!made.has(key) && !found.has(key)) found.set(key, changeIdentity(by, on, change));
      }
  return [...found];
}

/** An actor creates a role or a user. One for each name is enough. */
function newIdentity({ state, counts }: Combinations, { acting, made }: Position): readonly KnownMove[] {
  const team = [...acting.identities.values()];
  for (const [by, actor] of acting.identities)
    for (const created of newIdentities(state.graph.account, actor, team)) {
      const move = createIdentity(by, created);
      if (!made.has(created.key) && counts(move.answer(acting))) return [[created.key, move]];
    }
  return [];
}

/**
 * The moves by which permissions may be lost: first changes to policies and groups of others, then those to the own identities, and
 * last those of boundaries. A boundary that allows less costs the most.
 */
export function losingMoves({ state, counts, changesOf }: Combinations, { acting, made }: Position): readonly KnownMove[] {
  const { account } = state.graph;
  const { identities } = acting;
  const team = [...identities.values()];
  const isOpen = ([key, move]: KnownMove) => !made.has(key) && counts(move.answer(acting));
  const changers = [...identities].filter(([, actor]) => mayAllowAny(actor, changeActionSet));
  const own = changers.flatMap(([by, actor]) =>
    [...identities].flatMap(([on, current]) =>
      changesOf(actor, current, team)
        .losing.map((change): KnownMove => [`${on.arn} ${change.key}`, changeIdentity(by, on, change)])
        .filter(([key]) => !made.has(key)),
    ),
  );
  if (own.length === 0) return [];
  const shared = changers.flatMap(([by, actor]) =>
    [...otherPolicyChanges(account, actor, team), ...otherGroupChanges(account, actor, team)]
      .map((each): KnownMove => [each.change.key, changeShared(by, each)])
      .filter(isOpen),
  );
  const narrowing = own.filter(([, move]) => isNarrowing(move));
  return [...shared, ...own.filter(([, move]) => !isNarrowing(move)), ...narrowing];
}

const isNarrowing = ({ technique }: Move): boolean => technique.id.endsWith('-permissions-boundary');
