import type { Actor } from './actor.ts';
import type { AllowIndex } from './allow-index.ts';
import type { Answer, Grant } from './answer.ts';
import { prospectOf } from './prospect.ts';
import type { ControlRule, CreationRule, CrownRule } from './rules/control-rule.ts';
import type { Hop, Node, World } from './world.ts';

/** How a principal gets there: by its own hops, and then as `next` does. */
export interface Way {
  readonly hops: readonly Hop[];
  readonly next?: Actor;
}

/** Those who are admin, who become it, and who make others it, with the ways in the order in which they were found. */
export interface Level {
  readonly admins: ReadonlyMap<Actor, Grant>;
  readonly become: ReadonlyMap<Actor, Way>;
  readonly grant: ReadonlyMap<Actor, Way>;
}

type Rule = ControlRule | CrownRule | CreationRule;

/** The state of one search: over what is certain, or over what is possible. */
export interface Round extends Level {
  readonly world: World;
  /** Whether conditions that the snapshot leaves open do not count as met. */
  readonly certain: boolean;
  readonly index: AllowIndex;
  readonly become: Map<Actor, Way>;
  readonly grant: Map<Actor, Way>;
  /** Those who were settled, and whose predecessors have not been looked for. */
  readonly queue: Actor[];
  /** Whether the answer, given by this node, counts in this round. */
  readonly counts: (node: Node, answer: Answer) => answer is Grant;
  /** Whether the principal is admin or becomes it. */
  readonly isSettled: (base: Actor) => boolean;
  /** Who can do all of a rule that does not hang on the target; nearly everyone is dismissed by this, once for all targets. */
  readonly able: (rule: Rule) => ReadonlySet<Actor>;
}

/** A round that goes on from what another found. `certain`: conditions that the snapshot leaves open do not count as met. */
export function createRound(world: World, certain: boolean, known: Pick<Level, 'become' | 'grant'>): Round {
  const counts = (node: Node, answer: Answer): answer is Grant =>
    answer.kind === 'granted' && (!certain || (answer.certain && node.certain));
  const admins = new Map<Actor, Grant>();
  for (const [actor, answer] of world.direct)
    if (answer.kind === 'granted' && (!certain || answer.certain)) admins.set(actor, answer);
  const become = new Map(known.become);
  const index = world.newIndex();
  const isSettled = (base: Actor) => admins.has(base) || become.has(base);
  for (const [actor, { base }] of world.nodes) if (isSettled(base)) index.retire(actor);
  const ableTo = new Map<Rule, ReadonlySet<Actor>>();
  return {
    world,
    certain,
    index,
    admins,
    become,
    grant: new Map(known.grant),
    queue: [...admins.keys(), ...become.keys()],
    counts,
    isSettled,
    able: (rule) => {
      const known = ableTo.get(rule);
      if (known !== undefined) return known;
      const able = ableNodes(world, rule, { certain, isSettled, counts });
      ableTo.set(rule, able);
      return able;
    },
  };
}

function ableNodes(
  { account, nodes, makers }: World,
  rule: Rule,
  { certain, isSettled, counts }: Pick<Round, 'certain' | 'isSettled' | 'counts'>,
): ReadonlySet<Actor> {
  const { needs = rule.actions } = rule;
  const alone = 'alone' in rule ? rule.alone : undefined;
  const hasProspect = (actor: Actor) => {
    const prospects = needs.map((action) => prospectOf(account, actor, action));
    return prospects.every((prospect) => prospect === 'open' || (!certain && prospect === 'conditional'));
  };
  const able = new Set<Actor>();
  for (const actor of makers(rule)) {
    const node = nodes.get(actor);
    if (!node || isSettled(node.base) || (certain && !node.certain) || !hasProspect(actor)) continue;
    if (!alone || counts(node, alone(account, actor))) able.add(actor);
  }
  return able;
}

/** Notes that a principal becomes admin. */
export function settle({ world, index, become, queue }: Round, base: Actor, way: Way): void {
  become.set(base, way);
  queue.push(base);
  for (const self of world.selves.get(base) ?? []) index.retire(self);
}

/** A hop of a node, after what it does to itself first. */
export const hopsOf = (node: Node, actor: Actor, to: string, rule: Hop['move'], grant: Grant): readonly Hop[] => [
  ...node.before,
  { move: rule, from: actor, to, grant },
];

/** A principal that can act as a target: as which of its selves, and by which rule. */
export interface Predecessor {
  readonly base: Actor;
  readonly actor: Actor;
  readonly rule: ControlRule;
}

/** The principals, not yet settled, that can act as the target, each by the first way found. */
export function* predecessors(round: Round, rules: readonly ControlRule[], target: Actor): Iterable<Predecessor> {
  const { world, index } = round;
  const found = new Set<Actor>([target]);
  for (const rule of rules) {
    if (round.certain && rule.isNeverCertain?.(world.account, target)) continue;
    const able = round.able(rule);
    if (able.size === 0) continue;
    for (const actor of rule.candidates(world.account, index, target)) {
      const node = able.has(actor) ? world.nodes.get(actor) : undefined;
      if (!node || found.has(node.base) || round.isSettled(node.base)) continue;
      if (!round.counts(node, rule.attempt(world.account, actor, target))) continue;
      found.add(node.base);
      yield { base: node.base, actor, rule };
    }
  }
}

/** The hops by which a predecessor acts as the target. */
export function hopsTo({ world, counts }: Round, { actor, rule }: Predecessor, target: Actor): readonly Hop[] {
  const node = world.nodes.get(actor);
  const answer = node && rule.attempt(world.account, actor, target);
  return node && answer && counts(node, answer) ? hopsOf(node, actor, target.arn, rule, answer) : [];
}
