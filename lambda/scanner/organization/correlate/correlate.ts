import { ACCOUNTS_LISTED, type AccountsOnTheWay, type ReachPath } from '../../model/reach.ts';
import { getOrCreate } from '../../model/get-or-create.ts';
import type { AccountEdges, EdgePrincipal } from '../edges.ts';
import { type AccountSet, accountsOnTheWay, reachedAccounts } from './account-sets.ts';
import { buildGraph } from './build-graph.ts';
import { shortestPaths } from './paths.ts';
import { byText, createCanonicalizer } from './canonicalize.ts';

/** The accounts in which one principal is, or becomes, admin. */
export interface AdminReach {
  readonly principal: EdgePrincipal;
  readonly account: string;
  /** The ids of the accounts, sorted, its own included where it is admin there; only where no condition is open. */
  readonly accounts: readonly string[];
  /** The ids of further accounts, if conditions hold. */
  readonly ifConditions: readonly string[];
  readonly through: AccountsOnTheWay;
}

/** The result of the correlation: cross-account admin access. */
export interface Correlation {
  /** Every principal that is or becomes admin of another account than its own, perhaps under conditions; sorted by ARN. */
  readonly reaches: readonly AdminReach[];
  /** The shortest paths of one of them into other accounts, nearest first; certain paths come before the others. */
  readonly pathsOf: (reach: Pick<AdminReach, 'principal' | 'account'>, most: number) => readonly ReachPath[];
}

/**
 * Correlates the accounts: finds who is or becomes admin of which accounts, over any number of steps inside accounts and between
 * them. The order of the accounts, and of their contents, does not change the result.
 */
export function correlate(edges: Iterable<AccountEdges>): Correlation {
  const canonicalize = createCanonicalizer();
  const accounts = Array.from(edges, canonicalize).sort((a, b) => byText(a.account, b.account));
  const ids = accounts.map(({ account }) => account);
  const graph = buildGraph(accounts);
  const certain = reachedAccounts(graph, ids, (isCertain) => isCertain);
  const possible = reachedAccounts(graph, ids, () => true);
  // Most nodes lead to no account, and are removed from further searches.
  graph.prune((node) => possible(node).size > 0);
  const idsOf = rememberIds(ids);
  const throughOf = rememberFirst(ids, accountsOnTheWay(graph, ids));
  const adminPaths = new Map(accounts.flatMap((account) => account.adminPaths.map((adminPath) => [adminPath.from, adminPath])));

  const reaches = accounts.flatMap(({ account, principals }, number) =>
    principals.flatMap((principal): readonly AdminReach[] => {
      const node = principal.isServiceLinked ? undefined : graph.find(principal.arn);
      if (node === undefined || !leadsAway(possible(node), number)) return [];
      return [{ principal, account, ...idsOf(certain(node), possible(node)), through: throughOf(node) }];
    }),
  );
  return {
    reaches: reaches.sort((a, b) => byText(a.principal.arn, b.principal.arn)),
    pathsOf: ({ principal, account }, most) => {
      const find = (isCertain: boolean, limit: number) =>
        shortestPaths(graph, principal.arn, {
          ...{ home: account, most: limit, certain: isCertain },
          adminPathOf: (arn) => adminPaths.get(arn),
        });
      const sure = find(true, most);
      const known = new Set(sure.map((path) => path.account));
      const others = sure.length < most ? find(false, most).filter((path) => !known.has(path.account)) : [];
      return [...sure, ...others].slice(0, most);
    },
  };
}

const leadsAway = (set: AccountSet, home: number): boolean => set.size > (set.has(home) ? 1 : 0);

/** The ids of the accounts of a set, listed once for all principals with the same set. */
function rememberIds(ids: readonly string[]) {
  const listed = new Map<AccountSet, readonly string[]>();
  const list = (set: AccountSet) => {
    const known = listed.get(set) ?? set.numbers().map((number) => ids[number] ?? '');
    listed.set(set, known);
    return known;
  };
  const none: readonly string[] = [];
  const more = new Map<AccountSet, Map<AccountSet, readonly string[]>>();
  return (sure: AccountSet, perhaps: AccountSet): Pick<AdminReach, 'accounts' | 'ifConditions'> => {
    if (sure.size === perhaps.size) return { accounts: list(sure), ifConditions: none };
    const byPerhaps = more.get(sure) ?? new Map<AccountSet, readonly string[]>();
    more.set(sure, byPerhaps);
    const besides =
      byPerhaps.get(perhaps) ?? perhaps.numbers().flatMap((number) => (sure.has(number) ? [] : (ids[number] ?? '')));
    byPerhaps.set(perhaps, besides);
    return { accounts: list(sure), ifConditions: besides };
  };
}

/** The first ids of a set and its size, listed once for all nodes with the same set. */
function rememberFirst(ids: readonly string[], setOf: (node: number) => AccountSet): (node: number) => AccountsOnTheWay {
  const listed = new Map<AccountSet, AccountsOnTheWay>();
  return (node) => {
    const set = setOf(node);
    return getOrCreate(listed, set, () => ({
      accounts: set
        .numbers()
        .slice(0, ACCOUNTS_LISTED)
        .map((number) => ids[number] ?? ''),
      count: set.size,
    }));
  };
}
