import type { Step, StatementReference, VerdictCondition } from '../../model/verdict.ts';

/** What an edge stands for: some steps inside an account, or one half of a step from one account into another. */
export type EdgeKind =
  | { readonly kind: 'steps'; readonly path: readonly Step[]; readonly as?: 'any-admin' | 'member' }
  | { readonly kind: 'leave'; readonly trust: readonly StatementReference[] }
  | { readonly kind: 'arrive'; readonly identity: readonly StatementReference[]; readonly role: string };

/** Steps inside an account, or through a service that acts in all of them. */
export type StepsEdge = Extract<Edge, { readonly kind: 'steps' }>;

/** From one node to another; certain where no condition is left open. */
export type Edge = EdgeKind & {
  readonly to: number;
  readonly conditions: readonly VerdictCondition[];
  readonly certain: boolean;
  /** How much it takes, for the choice between ways. */
  readonly cost: number;
};

/** Principals, accounts as their admins see them, and crossings from account to account, numbered. */
export class Graph {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #edges: Edge[][] = [];

  /** The number of the node of this name, which is made when it is first named. */
  node(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.length;
    this.#numbers.set(name, number);
    this.#names.push(name);
    this.#edges.push([]);
    return number;
  }

  /** The number of the node of this name, where there is one. */
  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  name(node: number): string {
    return this.#names[node] ?? '';
  }

  /** Adds an edge; those of a node keep the order in which they are added. */
  connect(from: number, edge: Edge): void {
    this.#edges[from]?.push(edge);
  }

  edges(from: number): readonly Edge[] {
    return this.#edges[from] ?? [];
  }

  /** Takes out the edges to all other nodes than these. */
  prune(isWanted: (node: number) => boolean): void {
    for (const [from, edges] of this.#edges.entries())
      if (edges.some(({ to }) => !isWanted(to))) this.#edges[from] = edges.filter(({ to }) => isWanted(to));
  }

  get size(): number {
    return this.#names.length;
  }
}

/** The name of the node that stands for being admin of an account. */
export const adminOf = (accountId: string): string => `admin:${accountId}`;

/** Whether nothing but the caller's own choice is left open. */
export const isCertain = (conditions: readonly VerdictCondition[]): boolean =>
  conditions.every(({ controlledBy }) => controlledBy === 'caller');
