import type { Analysis } from '../escalation/analyze.ts';
import type { Principal } from '../iam/principal.ts';
import { adminNode } from '../organization/correlate/graph.ts';
import { type HolderEdge, createHolderEdges } from './holder-edges.ts';

/** A principal as which the holder of a credential can act. */
export interface ReachedPrincipal {
  readonly account: string;
  readonly principal: Principal;
  /** Whether no condition is open that the snapshot cannot decide. */
  readonly certain: boolean;
  /** The last step to it; absent: the holder has its credential. */
  readonly via?: Arrival;
}

/** What the holder of a credential reaches. */
export interface HolderReach {
  /** The principals as which it can act; the first is its own, and the nearest come first. */
  readonly principals: readonly ReachedPrincipal[];
  /** The accounts of which it is, or can become, admin, perhaps under conditions. */
  readonly taken: readonly string[];
}

type Arrival = Omit<HolderEdge, 'to'> & { readonly from: string };

/**
 * What the holder of a credential of `start` reaches over any number of steps and accounts: first what is certain, then what depends on
 * conditions.
 */
export function holderReach(analyses: readonly Analysis[], start: string): HolderReach {
  const edgesOf = createHolderEdges(analyses);
  const certain = walk(start, (node) => edgesOf(node, true));
  const possible = walk(start, (node) => edgesOf(node, false));
  const reached = new Map([...certain, ...[...possible].filter(([node]) => !certain.has(node))]);
  const principals = new Map(
    analyses.flatMap(({ account }) =>
      account.principals.map((principal) => [principal.arn, { principal, account: account.accountId }] as const),
    ),
  );
  return {
    principals: [...reached].flatMap(([node, via]) => {
      const found = principals.get(node);
      return found === undefined ? [] : [{ ...found, certain: certain.has(node), ...(via && { via }) }];
    }),
    taken: analyses.map(({ account }) => account.accountId).filter((id) => reached.has(adminNode(id))),
  };
}

/** The nodes that can be reached, the nearest first. Between accounts, the step is that of the last principal. */
function walk(start: string, edgesOf: (node: string) => readonly HolderEdge[]): ReadonlyMap<string, Arrival | undefined> {
  const arrivals = new Map<string, Arrival | undefined>([[start, undefined]]);
  // The map grows during the loop.
  for (const [node, arrival] of arrivals)
    for (const { to, ...edge } of edgesOf(node))
      if (!arrivals.has(to)) arrivals.set(to, { ...edge, from: node.startsWith('arn:') ? node : (arrival?.from ?? start) });
  return arrivals;
}
