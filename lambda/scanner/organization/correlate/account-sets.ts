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

/**
 * The accounts in which each node gets admin access, or can grant it: nodes that reach each other form a group, and each group, after all groups
 * that it leads to, gets the union of their sets. A union that equals an existing set reuses it, so that memory grows only with
 * the number of different sets.
 */
export function reachedAccounts(
  graph: ReachGraph,
  accountIds: readonly string[],
  isOpen: (certain: boolean) => boolean,
): (node: number) => AccountSet {
  const own = new Map(
    accountIds.flatMap((id, number) =>
      [adminNode(id), grantNode(id)].flatMap((name) => {
        const node = graph.find(name);
        return node === undefined ? [] : [[node, number]];
      }),
    ),
  );
  const singles = accountIds.map((_, number) => new Few([number]));
  const sets: AccountSet[] = [];
  const targets = (node: number) => graph.edges(node).flatMap(({ to, certain }) => (isOpen(certain) ? to : []));
  forEachGroup(graph.size, targets, (group) => {
    const parts = new Set<AccountSet>();
    for (const node of group) {
      const account = own.get(node);
      if (account !== undefined) parts.add(singles[account] ?? nothing);
      for (const to of targets(node)) parts.add(sets[to] ?? nothing);
    }
    const union = unite([...parts], accountIds.length);
    for (const node of group) sets[node] = union;
  });
  return (node) => sets[node] ?? nothing;
}

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
