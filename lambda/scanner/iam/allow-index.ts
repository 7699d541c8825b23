import { getOrCreate } from '../model/get-or-create.ts';
import { parseArn } from '../model/arn.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import { compileGlob } from '../policy/glob.ts';
import { vocabulary } from './account.ts';
import type { Principal } from './principal.ts';

/** Finds which principals might do an action, without a decision for each. The exact decision follows. */
export interface AllowIndex {
  /** Principals with an Allow statement that might allow the action on the resource. */
  readonly principalsAllowed: (action: string, resource: string) => readonly Principal[];
  /** Principals that a principal element names: by ARN, session or unique id. */
  readonly principalsNamed: (principal: string) => readonly Principal[];
  readonly allPrincipals: () => readonly Principal[];
}

/** The policies that might allow one action, by their resource patterns, and their holders. */
interface ActionIndex {
  readonly holders: ReadonlyMap<CompiledPolicy, Principal[]>;
  readonly exact: ReadonlyMap<string, ReadonlySet<CompiledPolicy>>;
  /** Patterns whose only wildcard is a `*` at the end, by their fixed prefix; grouped by its length. */
  readonly prefixes: ReadonlyMap<number, ReadonlyMap<string, ReadonlySet<CompiledPolicy>>>;
  readonly globs: readonly { readonly matches: (text: string) => boolean; readonly policies: ReadonlySet<CompiledPolicy> }[];
  /** Policies with `NotResource` or variables, which patterns cannot index. */
  readonly others: ReadonlySet<CompiledPolicy>;
}

/**
 * Indexes the Allow statements of the principals: each distinct policy once, each action on first use. Pruned principals are left
 * out, those pruned later included.
 */
export function createAllowIndex(principals: readonly Principal[], pruned: ReadonlySet<Principal> = new Set()): AllowIndex {
  const names = once(() => groupBy(principals, namesOf));
  const all = [...principals];
  const indexes = new Map<string, ActionIndex>();
  const active = (list: Principal[] | undefined) => (list === undefined ? [] : withoutPruned(list, pruned));
  return {
    principalsAllowed: (action, resource) => {
      const index = getOrCreate(indexes, action, () => indexAction(principals, action));
      const found = new Set<Principal>();
      eachFor(index, resource, (policies) => {
        for (const policy of policies) for (const caller of active(index.holders.get(policy))) found.add(caller);
      });
      return [...found];
    },
    principalsNamed: (principal) => active(names().get(nameIn(principal))),
    allPrincipals: () => active(all),
  };
}

function groupBy<K>(
  principals: readonly Principal[],
  keysOf: (principal: Principal) => readonly K[],
): ReadonlyMap<K, Principal[]> {
  const groups = new Map<K, Principal[]>();
  for (const principal of principals)
    for (const key of keysOf(principal)) {
      const group = groups.get(key);
      if (group) group.push(principal);
      else groups.set(key, [principal]);
    }
  return groups;
}

/** Creates the value on first use. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The names by which principal elements refer to a principal. A session has the name of the role in its ARN. */
const namesOf = ({ arn, kind, identity }: Principal): readonly string[] =>
  kind === 'user' ? [arn, identity.id] : [arn, identity.id, `session:${parseArn(arn)?.accountId ?? ''}/${identity.name}`];

function nameIn(principal: string): string {
  const arn = parseArn(principal);
  return arn?.service === 'sts' ? `session:${arn.accountId}/${arn.resource.split('/')[1] ?? ''}` : principal;
}

/** The list without pruned principals. It is shortened in place, so that each of them is skipped once. */
function withoutPruned(list: Principal[], pruned: ReadonlySet<Principal>): readonly Principal[] {
  if (list.some((principal) => pruned.has(principal)))
    list.splice(0, list.length, ...list.filter((principal) => !pruned.has(principal)));
  return list;
}

/** Calls back for each set of policies that might allow the action on the resource. */
function eachFor(
  { exact, prefixes, globs, others }: ActionIndex,
  resource: string,
  call: (policies: ReadonlySet<CompiledPolicy>) => void,
): void {
  call(others);
  const same = exact.get(resource);
  if (same) call(same);
  for (const [length, byPrefix] of prefixes) {
    const policies = byPrefix.get(resource.slice(0, length));
    if (policies) call(policies);
  }
  for (const { matches, policies } of globs) if (matches(resource)) call(policies);
}

function indexAction(principals: readonly Principal[], action: string): ActionIndex {
  const index = vocabulary.indexOf(action);
  const holders = groupBy(principals, ({ policies }) =>
    policies.flatMap(({ policy }) => (policy.mayAllow(index) ? [policy] : [])),
  );
  const byPattern = new Map<string, Set<CompiledPolicy>>();
  const others = new Set<CompiledPolicy>();
  for (const policy of holders.keys())
    for (const { source, resources, matchesAction } of policy.statements) {
      if (source.effect !== 'Allow' || !matchesAction(index)) continue;
      if (resources.negated || resources.hasVariables) others.add(policy);
      else for (const pattern of resources.patterns) getOrCreate(byPattern, pattern, () => new Set<CompiledPolicy>()).add(policy);
    }
  return { holders, ...sortPatterns(byPattern), others };
}

function sortPatterns(
  byPattern: ReadonlyMap<string, ReadonlySet<CompiledPolicy>>,
): Pick<ActionIndex, 'exact' | 'prefixes' | 'globs'> {
  const exact = new Map<string, ReadonlySet<CompiledPolicy>>();
  const prefixes = new Map<number, Map<string, ReadonlySet<CompiledPolicy>>>();
  const globs: ActionIndex['globs'][number][] = [];
  for (const [pattern, policies] of byPattern) {
    const { kind, matches } = compileGlob(pattern);
    const prefix = pattern.replace(/\*+$/, '');
    if (kind === 'exact') exact.set(pattern, policies);
    else if (kind === 'glob') globs.push({ matches, policies });
    else getOrCreate(prefixes, prefix.length, () => new Map<string, ReadonlySet<CompiledPolicy>>()).set(prefix, policies);
  }
  return { exact, prefixes, globs };
}
