import type { Principal } from './actor.ts';
import { type AllowIndex, createAllowIndex } from './allow-index.ts';
import type { AuthorizationResult, Grant } from './answer.ts';
import { bestPossibleOutcome } from './prospect.ts';
import type { ControlRule, CreationRule, CrownRule } from './rules/control-rule.ts';
import type { Hop, Node, World } from './world.ts';

/** How a principal becomes admin: by these edges, and then as `next` does. */
export interface Way {
  readonly hops: readonly Hop[];
  readonly next?: Principal;
}

/**
 * The principals that are admin, that become admin, and that grant admin to others, with paths, in the order in which they were
 * found.
 */
export interface Level {
  readonly admins: ReadonlyMap<Principal, Grant>;
  readonly become: ReadonlyMap<Principal, Way>;
  readonly grant: ReadonlyMap<Principal, Way>;
}

/** The nodes that can use a technique, as a set and as an index. */
export interface Able {
  readonly actors: ReadonlySet<Principal>;
  readonly index: AllowIndex;
}

type Rule = ControlRule | CrownRule | CreationRule;

/** The search state: of the search over what is certain, or of the one over what is possible. */
export interface Round extends Level {
  readonly world: World;
  /** Whether conditions that the snapshot cannot decide count as not met. */
  readonly certain: boolean;
  readonly become: Map<Principal, Way>;
  readonly grant: Map<Principal, Way>;
  /** Principals found to become admin, whose predecessors are still to be searched. */
  readonly queue: Principal[];
  /** Whether the answer for this node counts in this search. */
  readonly counts: (node: Node, answer: AuthorizationResult) => answer is Grant;
  /** Whether the principal is known to be admin or to become it. */
  readonly isSettled: (base: Principal) => boolean;
  /** The nodes of principals that are known to be admin or to become it: pruned from further search. */
  readonly retired: Set<Principal>;
  /**
   * The nodes that can do the part of a technique that does not depend on the target. Nearly all principals are ruled out here,
   * once for all targets.
   */
  readonly able: (rule: Rule) => Able;
}

/**
 * A search state that starts from what another search found. `certain`: conditions that the snapshot cannot decide count as not
 * met.
 */
export function createRound(world: World, certain: boolean, known: Pick<Level, 'become' | 'grant'>): Round {
  const counts = (node: Node, answer: AuthorizationResult): answer is Grant =>
    answer.kind === 'granted' && (!certain || (answer.certain && node.certain));
  const admins = new Map<Principal, Grant>();
  for (const [variant, answer] of world.direct)
    if (answer.kind === 'granted' && (!certain || answer.certain)) admins.set(variant, answer);
  const become = new Map(known.become);
  const isSettled = (base: Principal) => admins.has(base) || become.has(base);
  const retired = new Set([...world.nodes].flatMap(([variant, { base }]) => (isSettled(base) ? [variant] : [])));
  const ableTo = new Map<Rule, Able>();
  return {
    world,
    certain,
    admins,
    become,
    grant: new Map(known.grant),
    queue: [...admins.keys(), ...become.keys()],
    counts,
    isSettled,
    retired,
    able: (rule) => {
      const known = ableTo.get(rule);
      if (known !== undefined) return known;
      const principals = ableNodes(world, rule, { certain, retired, counts });
      const able = { actors: new Set(principals), index: createAllowIndex(principals, retired) };
      ableTo.set(rule, able);
      return able;
    },
  };
}

function ableNodes(
  { account, nodes, makers }: World,
  rule: Rule,
  { certain, retired, counts }: Pick<Round, 'certain' | 'retired' | 'counts'>,
): readonly Principal[] {
  const { needs = rule.actions } = rule;
  const alone = 'alone' in rule ? rule.alone : undefined;
  const mayCount = (variant: Principal) => {
    const outcomes = needs.map((action) => bestPossibleOutcome(account, variant, action));
    return outcomes.every((outcome) => outcome === 'open' || (!certain && outcome === 'conditional'));
  };
  return makers(rule).filter((variant) => {
    const node = nodes.get(variant);
    if (!node || retired.has(variant) || (certain && !node.certain) || !mayCount(variant)) return false;
    return !alone || counts(node, alone(account, variant));
  });
}

/** Records that a principal becomes admin, and prunes its nodes. */
export function settle({ world, retired, become, queue }: Round, base: Principal, way: Way): void {
  become.set(base, way);
  queue.push(base);
  for (const self of world.selves.get(base) ?? []) retired.add(self);
}

/** The edges of a node: the changes to itself first, then this one. */
export const hopsOf = (node: Node, variant: Principal, to: string, rule: Hop['move'], grant: Grant): readonly Hop[] => [
  ...node.before,
  { move: rule, from: variant, to, grant },
];

/** A principal that can act as a target: as which of its variants, and by which technique. */
export interface Predecessor {
  readonly base: Principal;
  readonly actor: Principal;
  readonly rule: ControlRule;
}

/** The principals not yet known to become admin that can act as the target, each by the first technique found. */
export function* predecessors(round: Round, target: Principal): Iterable<Predecessor> {
  const { world } = round;
  const found = new Set<Principal>([target]);
  for (const rule of world.rulesAbout(target)) {
    if (round.certain && rule.isNeverCertain?.(world.account, target)) continue;
    const { principals, index } = round.able(rule);
    if (principals.size === 0) continue;
    for (const variant of rule.candidates(world.account, index, target)) {
      const node = world.nodes.get(variant);
      if (!node || found.has(node.base) || round.isSettled(node.base)) continue;
      if (!round.counts(node, rule.attempt(world.account, variant, target))) continue;
      found.add(node.base);
      yield { base: node.base, variant, rule };
    }
  }
}

/** The nodes that might use the technique on the target. */
export function candidates({ world, able }: Round, rule: ControlRule | CrownRule, target: Principal): Iterable<Principal> {
  const { principals, index } = able(rule);
  return principals.size === 0 ? [] : rule.candidates(world.account, index, target);
}

/** The edges by which a predecessor acts as the target. */
export function hopsTo({ world, counts }: Round, { variant, rule }: Predecessor, target: Principal): readonly Hop[] {
  const node = world.nodes.get(variant);
  const answer = node && rule.attempt(world.account, variant, target);
  return node && answer && counts(node, answer) ? hopsOf(node, variant, target.arn, rule, answer) : [];
}
