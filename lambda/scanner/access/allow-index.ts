import { parseArn } from '../model/arn.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import { compileGlob } from '../policy/glob.ts';
import { vocabulary } from './account.ts';
import type { Actor } from './actor.ts';

/** Finds who might do an action, without asking everyone. What it finds is decided exactly afterwards. */
export interface AllowIndex {
  /** The actors that some Allow statement might let do the action on the resource. */
  readonly who: (action: string, resource: string) => Iterable<Actor>;
  /** The actors that some Allow statement might let do the action on anything. */
  readonly whoSomewhere: (action: string) => Iterable<Actor>;
  /** The actors that a principal element names: by ARN, session or unique id. */
  readonly named: (principal: string) => Iterable<Actor>;
  readonly everyone: () => Iterable<Actor>;
  /** Leaves an actor out from now on: its question is settled. */
  readonly retire: (actor: Actor) => void;
}

/** The policies that might allow one action, by their resource patterns. */
interface ActionIndex {
  readonly exact: ReadonlyMap<string, ReadonlySet<CompiledPolicy>>;
  /** Patterns that end in their only star, by what stands before it; first by the length of that. */
  readonly prefixes: ReadonlyMap<number, ReadonlyMap<string, ReadonlySet<CompiledPolicy>>>;
  readonly globs: readonly { readonly matches: (text: string) => boolean; readonly policies: ReadonlySet<CompiledPolicy> }[];
  /** Policies whose statements exclude instead of naming, or name by variables. */
  readonly others: ReadonlySet<CompiledPolicy>;
}

/** Indexes the Allow statements of the actors; each distinct policy once, each action when it is first asked about. */
export function createAllowIndex(actors: readonly Actor[]): AllowIndex {
  const retired = new Set<Actor>();
  const holders = new Map<CompiledPolicy, Actor[]>();
  for (const actor of actors) for (const { policy } of actor.policies) add(holders, policy, actor);
  const names = new Map<string, Actor[]>();
  for (const actor of actors) for (const name of namesOf(actor)) add(names, name, actor);
  const all = [...actors];

  const indexes = new Map<string, ActionIndex>();
  const somewhere = new Map<string, Actor[]>();
  const latest = new Map<string, { readonly resource: string; readonly found: readonly Actor[] }>();
  const indexOf = (action: string) => remember(indexes, action, () => indexAction(holders.keys(), action));
  const active = (list: Actor[] | undefined) => (list === undefined ? [] : withoutRetired(list, retired));

  const distinct = (sets: readonly ReadonlySet<CompiledPolicy>[]): readonly Actor[] => {
    const found = new Set<Actor>();
    for (const policies of sets) for (const policy of policies) for (const actor of active(holders.get(policy))) found.add(actor);
    return [...found];
  };
  // Many rules ask the same of one target, one after the other.
  const who = (action: string, resource: string): readonly Actor[] => {
    const last = latest.get(action);
    if (last?.resource === resource) return last.found;
    const found = distinct(policiesFor(indexOf(action), resource));
    latest.set(action, { resource, found });
    return found;
  };
  return {
    who,
    whoSomewhere: (action) => active(remember(somewhere, action, () => [...distinct(everyPolicy(indexOf(action)))])),
    named: (principal) => active(names.get(nameIn(principal))),
    everyone: () => active(all),
    retire: (actor) => retired.add(actor),
  };
}

/** What principal elements may call an actor; a session is told by the role's name in its ARN. */
const namesOf = ({ arn, kind, identity }: Actor): readonly string[] =>
  kind === 'user' ? [arn, identity.id] : [arn, identity.id, `session:${parseArn(arn)?.accountId ?? ''}/${identity.name}`];

function nameIn(principal: string): string {
  const arn = parseArn(principal);
  return arn?.service === 'sts' ? `session:${arn.accountId}/${arn.resource.split('/')[1] ?? ''}` : principal;
}

/** The list without the retired; it is made anew where it holds any, so that each is passed over once. */
function withoutRetired(list: Actor[], retired: ReadonlySet<Actor>): readonly Actor[] {
  if (list.some((actor) => retired.has(actor))) list.splice(0, list.length, ...list.filter((actor) => !retired.has(actor)));
  return list;
}

const everyPolicy = ({ exact, prefixes, globs, others }: ActionIndex): readonly ReadonlySet<CompiledPolicy>[] => [
  ...exact.values(),
  ...[...prefixes.values()].flatMap((byPrefix) => [...byPrefix.values()]),
  ...globs.map(({ policies }) => policies),
  others,
];

function policiesFor({ exact, prefixes, globs, others }: ActionIndex, resource: string): readonly ReadonlySet<CompiledPolicy>[] {
  const found = [others];
  const add = (policies: ReadonlySet<CompiledPolicy> | undefined) => policies && found.push(policies);
  add(exact.get(resource));
  for (const [length, byPrefix] of prefixes) add(byPrefix.get(resource.slice(0, length)));
  for (const { matches, policies } of globs) if (matches(resource)) found.push(policies);
  return found;
}

function indexAction(policies: Iterable<CompiledPolicy>, action: string): ActionIndex {
  const index = vocabulary.indexOf(action);
  const byPattern = new Map<string, Set<CompiledPolicy>>();
  const others = new Set<CompiledPolicy>();
  for (const policy of policies) {
    if (!policy.mayAllow(index)) continue;
    for (const { source, resources, matchesAction } of policy.statements) {
      if (source.effect !== 'Allow' || !matchesAction(index)) continue;
      if (resources.negated || resources.hasVariables) others.add(policy);
      else for (const pattern of resources.patterns) remember(byPattern, pattern, () => new Set<CompiledPolicy>()).add(policy);
    }
  }
  return { ...sortPatterns(byPattern), others };
}

function sortPatterns(byPattern: ReadonlyMap<string, ReadonlySet<CompiledPolicy>>): Omit<ActionIndex, 'others'> {
  const exact = new Map<string, ReadonlySet<CompiledPolicy>>();
  const prefixes = new Map<number, Map<string, ReadonlySet<CompiledPolicy>>>();
  const globs: ActionIndex['globs'][number][] = [];
  for (const [pattern, policies] of byPattern) {
    const { kind, matches } = compileGlob(pattern);
    const prefix = pattern.replace(/\*+$/, '');
    if (kind === 'exact') exact.set(pattern, policies);
    else if (kind === 'glob') globs.push({ matches, policies });
    else remember(prefixes, prefix.length, () => new Map<string, ReadonlySet<CompiledPolicy>>()).set(prefix, policies);
  }
  return { exact, prefixes, globs };
}

function add<K>(map: Map<K, Actor[]>, key: K, actor: Actor): void {
  remember(map, key, () => []).push(actor);
}

/** The value under a key, made when it is first asked for. */
export function remember<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
