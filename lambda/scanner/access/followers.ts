import type { Actor } from './actor.ts';
import type { Grant } from './answer.ts';
import { openControl } from './control.ts';
import { createRound } from './round.ts';
import { assumeRoleRules } from './rules/assume-role.ts';
import type { Move } from './rules/control-rule.ts';
import { credentialRules } from './rules/credentials.ts';
import type { Hop, World } from './world.ts';

/**
 * Finds who can act as a principal, by any number of hops, each by a shortest way. Those who are admin of the account are left out:
 * what they can do is asked by {@link takeover}.
 */
export function createFollowers(world: World, certain: boolean): (target: Actor) => ReadonlyMap<Actor, readonly Hop[]> {
  const round = createRound(world, certain, { become: new Map(), grant: new Map() });
  const control = openControl(round, () => true);
  return (target) => {
    const followers = control.followers(target);
    const hopsFrom = (from: Actor): readonly Hop[] => {
      const way = followers.get(from);
      return way ? [...way.hops, ...(way.next ? hopsFrom(way.next) : [])] : [];
    };
    return new Map([...followers.keys()].map((from) => [from, hopsFrom(from)]));
  };
}

/** A step by which one principal acts as another, and why it can. */
export interface Takeover {
  readonly move: Move;
  readonly grant: Grant;
}

/** How one principal acts as another in a single step: with nothing left open where there is such a way. */
export function takeover({ account }: World, actor: Actor, target: Actor): Takeover | undefined {
  let conditional: Takeover | undefined;
  for (const move of [...assumeRoleRules, ...credentialRules]) {
    const grant = move.attempt(account, actor, target);
    if (grant.kind === 'refused') continue;
    if (grant.certain) return { move, grant };
    conditional ??= { move, grant };
  }
  return conditional;
}
