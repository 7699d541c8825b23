import type { Actor } from './actor.ts';
import { type AllowIndex, createAllowIndex } from './allow-index.ts';
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

/** The nodes that a rule is open to, as a set and to be searched. */
export interface Able {
  readonly actors: ReadonlySet<Actor>;
  readonly index: AllowIndex;
}

type Rule = ControlRule | CrownRule | CreationRule;

/** The state of one search: over what is certain, or over what is possible. */
export interface Round extends Level {
  readonly world: World;
  /** Whether conditions that the snapshot leaves open do not count as met. */
  readonly certain: boolean;
  readonly become: Map<Actor, Way>;
  readonly grant: Map<Actor, Way>;
  /** Those who were settled, and whose predecessors have not been looked for. */
  readonly queue: Actor[];
  /** Whether the answer, given by this node, counts in this round. */
  readonly counts: (node: Node, answer: Answer) => answer is Grant;
  /** Whether the principal is admin or becomes it. */
  readonly isSettled: (base: Actor) => boolean;
  /** The nodes of those who are settled. */
  readonly retired: Set<Actor>;
  /** Who can do all of a rule that does not hang on the target; nearly everyone is dismissed by this, once for all targets. */
  readonly able: (rule: Rule) => Able;
}

/** A round that goes on from what another found. `certain`: conditions that the snapshot leaves open do not count as met. */
export function createRound(world: World, certain: boolean, known: Pick<Level, 'become' | 'grant'>): Round {
  const counts = (node: Node, answer: Answer): answer is Grant =>
    answer.kind === 'granted' && (!certain || (answer.certain && node.certain));
  const admins = new Map<Actor, Grant>();
  for (const [actor, answer] of world.direct)
    if (answer.kind === 'granted' && (!certain || answer.certain)) admins.set(actor, answer);
  const become = new Map(known.become);
  const isSettled = (base: Actor) => admins.has(base) || become.has(base);
  const retired = new Set([...world.nodes].flatMap(([actor, { base }]) => (isSettled(base) ? [actor] : [])));
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
      const actors = ableNodes(world, rule, { certain, retired, counts });
      const able = { actors: new Set(actors), index: createAllowIndex(actors, retired) };
      ableTo.set(rule, able);
      return able;
    },
  };
}

function ableNodes(
  { account, nodes, makers }: World,
  rule: Rule,
  { certain, retired, counts }: Pick<Round, 'certain' | 'retired' | 'counts'>,
): readonly Actor[] {
  const { needs = rule.actions } = rule;
  const alone = 'alone' in rule ? rule.alone : undefined;
  const hasProspect = (actor: Actor) => {
    const prospects = needs.map((action) => prospectOf(account, actor, action));
    return prospects.every((prospect) => prospect === 'open' || (!certain && prospect === 'conditional'));
  };
  return makers(rule).filter((actor) => {
    const node = nodes.get(actor);
    if (!node || retired.has(actor) || (certain && !node.certain) || !hasProspect(actor)) return false;
    return !alone || counts(node, alone(account, actor));
  });
}

/** Notes that a principal becomes admin. */
export function settle({ world, retired, become, queue }: Round, base: Actor, way: Way): void {
  become.set(base, way);
  queue.push(base);
  for (const self of world.selves.get(base) ?? []) retired.add(self);
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
export function* predecessors(round: Round, target: Actor): Iterable<Predecessor> {
  const { world } = round;
  const found = new Set<Actor>([target]);
  for (const rule of world.rulesAbout(target)) {
    if (round.certain && rule.isNeverCertain?.(world.account, target)) continue;
    const { actors, index } = round.able(rule);
    if (actors.size === 0) continue;
    for (const actor of rule.candidates(world.account, index, target)) {
      const node = world.nodes.get(actor);
      if (!node || found.has(node.base) || round.isSettled(node.base)) continue;
      if (!round.counts(node, rule.attempt(world.account, actor, target))) continue;
      found.add(node.base);
      yield { base: node.base, actor, rule };
    }
  }
}

/** Who might do it to the target, of those to whom the rule is open. */
export function candidates({ world, able }: Round, rule: ControlRule | CrownRule, target: Actor): Iterable<Actor> {
  const { actors, index } = able(rule);
  return actors.size === 0 ? [] : rule.candidates(world.account, index, target);
}

/** The hops by which a predecessor acts as the target. */
export function hopsTo({ world, counts }: Round, { actor, rule }: Predecessor, target: Actor): readonly Hop[] {
  const node = world.nodes.get(actor);
  const answer = node && rule.attempt(world.account, actor, target);
  return node && answer && counts(node, answer) ? hopsOf(node, actor, target.arn, rule, answer) : [];
}
