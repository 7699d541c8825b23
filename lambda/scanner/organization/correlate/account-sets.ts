import { adminNode, grantNode, type ReachGraph } from './graph.ts';

/** A set of accounts by their numbers; equal sets are often one and the same object. */
export interface AccountSet {
  readonly size: number;
  readonly has: (account: number) => boolean;
  readonly numbers: () => readonly number[];
}

class Bits implements AccountSet {
  readonly #words: Uint32Array;
  size = 0;

  constructor(accounts: number) {
    this.#words = new Uint32Array(Math.ceil(accounts / 32));
  }

  has(account: number): boolean {
    return (((this.#words[account >>> 5] ?? 0) >>> (account & 31)) & 1) === 1;
  }

  add(account: number): void {
    if (this.has(account)) return;
    this.#words[account >>> 5] = ((this.#words[account >>> 5] ?? 0) | (1 << (account & 31))) >>> 0;
    this.size += 1;
  }

  numbers(): readonly number[] {
    const found: number[] = [];
    for (let account = 0; account < this.#words.length * 32; account += 1) if (this.has(account)) found.push(account);
    return found;
  }
}

class Few implements AccountSet {
  readonly #sorted: readonly number[];

  constructor(sorted: readonly number[]) {
    this.#sorted = sorted;
  }

  get size(): number {
    return this.#sorted.length;
  }

  has(account: number): boolean {
    return this.#sorted.includes(account);
  }

  numbers(): readonly number[] {
    return this.#sorted;
  }
}

const FEW = 16;
const nothing: AccountSet = new Few([]);

/** What is gathered along the edges of a graph. */
interface Gathered {
  /** How many accounts there are. */
  readonly accounts: number;
  /** The accounts that a node itself adds, by their numbers. */
  readonly own: (node: number) => readonly number[];
  readonly isOpen: (certain: boolean) => boolean;
}

/**
 * The accounts that each node and all nodes after it add: nodes that reach each other form a group, and each group, after all groups
 * that it leads to, gets the union of their sets. A union that equals an existing set reuses it, so that memory grows only with
 * the number of different sets.
 */
function gather(graph: ReachGraph, { accounts, own, isOpen }: Gathered): (node: number) => AccountSet {
  const singles = Array.from({ length: accounts }, (_, number) => new Few([number]));
  const sets: AccountSet[] = [];
  const targets = (node: number) => openTargets(graph, node, isOpen);
  forEachGroup(graph.size, targets, (group) => {
    const parts = new Set<AccountSet>();
    for (const node of group) {
      for (const account of own(node)) parts.add(singles[account] ?? nothing);
      for (const to of targets(node)) parts.add(sets[to] ?? nothing);
    }
    const union = unite([...parts], accounts);
    for (const node of group) sets[node] = union;
  });
  return (node) => sets[node] ?? nothing;
}

/** A loop, because every node of the graph is asked, several times. */
function openTargets(graph: ReachGraph, node: number, isOpen: Gathered['isOpen']): readonly number[] {
  const targets: number[] = [];
  for (const { to, certain } of graph.edges(node)) if (isOpen(certain)) targets.push(to);
  return targets;
}

/** The accounts in which each node gets admin access, or can grant it. */
export function reachedAccounts(
  graph: ReachGraph,
  accountIds: readonly string[],
  isOpen: (certain: boolean) => boolean,
): (node: number) => AccountSet {
  const own = new Map(
    accountIds.flatMap((id, number) =>
      [adminNode(id), grantNode(id)].flatMap((name) => {
        const node = graph.find(name);
        return node === undefined ? [] : [[node, [number]]];
      }),
    ),
  );
  return gather(graph, { accounts: accountIds.length, own: (node) => own.get(node) ?? [], isOpen });
}

/**
 * The accounts without which a path from a node may be missing, whatever path it is: those of all nodes to which it leads, and of the
 * steps for which one edge stands.
 */
export function accountsOnTheWay(graph: ReachGraph, accountIds: readonly string[]): (node: number) => AccountSet {
  const numbers = new Map(accountIds.map((id, number) => [id, number]));
  const own = (node: number): readonly number[] => {
    const found: number[] = [];
    const add = (text: string) => {
      const number = numbers.get(FIRST_ACCOUNT.exec(text)?.[0] ?? '');
      if (number !== undefined) found.push(number);
    };
    add(graph.name(node));
    for (const edge of graph.edges(node)) if (edge.kind === 'steps') for (const { to } of edge.path) add(to);
    return found;
  };
  return gather(graph, { accounts: accountIds.length, own, isOpen: () => true });
}

/** The account in an ARN, or in the name of a node. */
const FIRST_ACCOUNT = /(?<!\d)\d{12}(?!\d)/;

function unite(parts: readonly AccountSet[], accounts: number): AccountSet {
  const [first = nothing, ...others] = [...parts].sort((a, b) => b.size - a.size);
  if (others.every((other) => other.numbers().every((account) => first.has(account)))) return first;
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  if (total <= FEW) return new Few([...new Set(parts.flatMap((part) => part.numbers()))].sort((a, b) => a - b));
  const bits = new Bits(accounts);
  for (const part of parts) for (const account of part.numbers()) bits.add(account);
  return bits;
}

/**
 * Calls back for the strongly connected components of a graph, each after all that it leads to (Tarjan's algorithm, without
 * recursion).
 */
function forEachGroup(
  size: number,
  targets: (node: number) => readonly number[],
  visit: (group: readonly number[]) => void,
): void {
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const isOnStack = new Uint8Array(size);
  const stack: number[] = [];
  let next = 0;
  const open = (node: number) => {
    index[node] = next;
    low[node] = next;
    next += 1;
    stack.push(node);
    isOnStack[node] = 1;
    return { node, targets: targets(node), at: 0 };
  };
  const lower = (node: number, to: number) => (low[node] = Math.min(low[node] ?? 0, to));
  const close = (node: number) => {
    if (low[node] !== index[node]) return;
    const group = stack.splice(stack.lastIndexOf(node));
    for (const member of group) isOnStack[member] = 0;
    visit(group);
  };
  for (let root = 0; root < size; root += 1) {
    if (index[root] !== -1) continue;
    const frames = [open(root)];
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const to = frame.targets[frame.at];
      frame.at += 1;
      if (to === undefined) {
        frames.pop();
        close(frame.node);
        const parent = frames.at(-1);
        if (parent) lower(parent.node, low[frame.node] ?? 0);
      } else if (index[to] === -1) frames.push(open(to));
      else if (isOnStack[to] === 1) lower(frame.node, index[to] ?? 0);
    }
  }
}
