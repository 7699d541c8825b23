import type { TagAssignment } from '../../iam/tag-assignments.ts';
import type { Tagging } from '../edges.ts';
import type { Step, StatementReference, VerdictCondition } from '../../model/verdict.ts';

/**
 * What an edge means: steps inside an account, the choice among alike principals, or one half of an assumption from one account into
 * another (identity side or trust side).
 */
export type ReachEdgeKind =
  | { readonly kind: 'steps'; readonly path: readonly Step[]; readonly as?: 'any-admin' | 'member' }
  /** From the node for principals that differ in their names only to one of them; the edge before it tells the first one. */
  | { readonly kind: 'alike'; readonly first: string; readonly arn: string }
  | { readonly kind: 'leave'; readonly trust: readonly StatementReference[]; readonly as?: 'any-admin' }
  | {
      readonly kind: 'arrive';
      readonly identity: readonly StatementReference[];
      readonly role: string;
      readonly isTagged?: true;
    };

/** Steps inside an account, or through a service with access to all accounts. */
export type StepsEdge = Extract<ReachEdge, { readonly kind: 'steps' }>;

/** An edge from one node to another; certain where no condition is open. */
export type ReachEdge = ReachEdgeKind & {
  readonly to: number;
  readonly conditions: readonly VerdictCondition[];
  readonly certain: boolean;
  /** Its cost, for the choice between paths. */
  readonly cost: number;
};

/**
 * The graph of the organization, its nodes numbered: principals, the admins of each account, and pairs of classes between
 * accounts.
 */
export class ReachGraph {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #edges: ReachEdge[][] = [];

  /** The number of the node with this name; the node is created on first use. */
  node(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.length;
    this.#numbers.set(name, number);
    this.#names.push(name);
    this.#edges.push([]);
    return number;
  }

  /** The number of the node with this name, if it exists. */
  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  name(node: number): string {
    return this.#names[node] ?? '';
  }

  /** Adds an edge; the edges of a node keep their order. */
  connect(from: number, edge: ReachEdge): void {
    this.#edges[from]?.push(edge);
  }

  edges(from: number): readonly ReachEdge[] {
    return this.#edges[from] ?? [];
  }

  /** The names of the nodes from which a path leads to the node with this name. */
  leadingTo(name: string): readonly string[] {
    const before = this.#edges.map((): number[] => []);
    for (const [from, edges] of this.#edges.entries()) for (const { to } of edges) before[to]?.push(from);
    const goal = this.find(name);
    const found = new Set(goal === undefined ? [] : [goal]);
    // The set grows during the loop.
    for (const node of found) for (const from of before[node] ?? []) found.add(from);
    return [...found].map((node) => this.name(node));
  }

  /** Removes the edges to unwanted nodes. */
  prune(isWanted: (node: number) => boolean): void {
    for (const [from, edges] of this.#edges.entries())
      if (edges.some(({ to }) => !isWanted(to))) this.#edges[from] = edges.filter(({ to }) => isWanted(to));
  }

  get size(): number {
    return this.#names.length;
  }
}

/** The name of the node for the admins of an account. */
export const adminNode = (accountId: string): string => `admin:${accountId}`;

/** The name of the node for those who can only make others admin of an account; nothing leads on from it. */
export const grantNode = (accountId: string): string => `grant:${accountId}`;

/** The name of the node for principals that differ in their names only, by the first one. */
export const alikeNode = (first: string): string => `${ALIKE}${first}`;

/** Whether the node stands for principals that differ in their names only. */
export const isAlikeNode = (name: string): boolean => name.startsWith(ALIKE);

const ALIKE = 'alike:';

/** The name of the node for what SCPs or RCPs block. */
export const blockedNode = (name: string): string => `blocked:${name}`;

/** The name of the node for a principal that has been tagged by itself or another one, surely or perhaps. */
export const taggedNode = (arn: string, { from, conditions }: Pick<Tagging, 'from' | 'conditions'>): string =>
  `tagged:${isCertain(conditions) ? 'surely' : 'perhaps'}:${from}:${arn}`;

/** The name of the node for a session of a role with these tags. */
export const sessionNode = (role: string, tags: TagAssignment): string => `session:${role}:${JSON.stringify([...tags])}`;

/** Whether the caller controls all open conditions. */
export const isCertain = (conditions: readonly VerdictCondition[]): boolean =>
  conditions.every(({ controlledBy }) => controlledBy === 'caller');

/** An edge of steps to a node. */
export const steps = (
  to: number,
  { path, conditions }: { readonly path: readonly Step[]; readonly conditions: readonly VerdictCondition[] },
  cost = path.length,
): StepsEdge => ({ kind: 'steps', to, path, conditions, certain: isCertain(conditions), cost });
