import type { AuthorizationResult, Grant } from '../iam/authorization-result.ts';
import type { Principal } from '../iam/principal.ts';
import type { ActAsTarget } from './act-as-targets.ts';
import { otherGroupChanges } from './identity-changes/gains.ts';
import { newRoles } from './identity-changes/new-roles.ts';
import { otherPolicyChanges } from './identity-changes/versions.ts';
import { type Acting, type Move, actAs, changeIdentity, changeShared, createRole } from './moves.ts';
import { changesOn } from './self-escalation.ts';
import type { SearchState } from './state.ts';

/** Whether an answer counts in a search. */
export type Counts = (answer: AuthorizationResult) => answer is Grant;

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
  /** Whether a principal is known to act as no other one, even once it has changed itself. */
  readonly actsAlone: (principal: Principal) => boolean;
}

/** The position after a move. */
export const afterMove = ({ acting, moves, made }: Position, [key, move]: KnownMove): Position => ({
  acting: move.after(acting),
  moves: [...moves, move],
  made: new Set([...made, key]),
});

/** The next move that loses nothing; undefined: there is none. */
export function safeMove(
  { state, counts, targetsOf, actsAlone }: Combinations,
  { acting, made }: Position,
): KnownMove | undefined {
  const { account } = state.graph;
  const { identities } = acting;
  const team = [...identities.values()];
  const isOpen = ([key, move]: KnownMove) => !made.has(key) && counts(move.answer(acting));
  for (const [by, actor] of identities) {
    for (const [on, technique] of actsAlone(by) ? [] : targetsOf(actor))
      if (!identities.has(on)) return [on.arn, actAs(account, by, on, technique)];
    for (const [on, current] of identities)
      for (const change of changesOn(account, actor, current, team)) {
        const next: KnownMove = [`${on.arn} ${change.key}`, changeIdentity(by, on, change)];
        if (!change.mayLose && isOpen(next)) return next;
      }
  }
  // One new role for each name is enough.
  for (const [by, actor] of identities)
    for (const newRole of newRoles(account, actor)) {
      const next: KnownMove = [newRole.key, createRole(by, newRole)];
      if (isOpen(next)) return next;
    }
  return undefined;
}

/**
 * The moves by which permissions may be lost: first changes to policies and groups of others, then those to the own identities, and
 * last those of boundaries. A boundary that allows less costs the most.
 */
export function losingMoves({ state, counts }: Combinations, { acting, made }: Position): readonly KnownMove[] {
  const { account } = state.graph;
  const { identities } = acting;
  const team = [...identities.values()];
  const isOpen = ([key, move]: KnownMove) => !made.has(key) && counts(move.answer(acting));
  const own = [...identities].flatMap(([by, actor]) =>
    [...identities].flatMap(([on, current]) =>
      changesOn(account, actor, current, team)
        .filter(({ mayLose }) => mayLose)
        .map((change): KnownMove => [`${on.arn} ${change.key}`, changeIdentity(by, on, change)])
        .filter(isOpen),
    ),
  );
  if (own.length === 0) return [];
  const shared = [...identities].flatMap(([by, actor]) =>
    [...otherPolicyChanges(account, actor, team), ...otherGroupChanges(account, actor, team)]
      .map((each): KnownMove => [each.change.key, changeShared(by, each)])
      .filter(isOpen),
  );
  const narrowing = own.filter(([, move]) => isNarrowing(move));
  return [...shared, ...own.filter(([, move]) => !isNarrowing(move)), ...narrowing];
}

const isNarrowing = ({ technique }: Move): boolean => technique.id.endsWith('-permissions-boundary');
