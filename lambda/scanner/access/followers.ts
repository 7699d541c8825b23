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

/** How one principal acts as another in a single step, and whether it can. */
export function takeover(
  { account }: World,
  actor: Actor,
  target: Actor,
): { readonly move: Move; readonly grant: Grant } | undefined {
  for (const rule of [...assumeRoleRules, ...credentialRules]) {
    const answer = rule.attempt(account, actor, target);
    if (answer.kind === 'granted' && answer.certain) return { move: rule, grant: answer };
  }
  return undefined;
}
