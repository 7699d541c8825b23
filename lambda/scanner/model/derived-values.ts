/** The values of one kind that were derived from objects so far. */
export class DerivedTable<K extends object, V> {
  #values = new WeakMap<K, V>();

  /** The value of a key, if it was derived before. */
  get(key: K): V | undefined {
    return this.#values.get(key);
  }

  /** Keeps the value of a key, and returns it. */
  set(key: K, value: V): V {
    this.#values.set(key, value);
    return value;
  }

  /** The value of a key, derived on first use. */
  getOrCreate(key: K, make: () => V): V {
    return this.#values.get(key) ?? this.set(key, make());
  }

  /** Forgets all values. */
  clear(): void {
    this.#values = new WeakMap();
  }
}

/**
 * The one cache of the pure code. It holds what was derived from objects: a parsed document, a compiled statement, the answer to a
 * question about a principal. Its invariants:
 *
 * 1. A key never changes. Documents, facts, accounts and principals are deeply readonly; a principal with other policies is another
 *    object.
 * 2. The key determines everything that the value depends on. A statement belongs to one policy, a principal to one account, an edge
 *    to one graph, so the account or the graph may take part in deriving a value that is kept under the statement, the principal or
 *    the edge.
 * 3. A value lives as long as its key, and no longer: references are weak, so a function that scans many accounts does not grow.
 * 4. To forget everything at any time changes the time that a scan takes, and nothing else. A test does so.
 */
class DerivedValues {
  readonly #tables: { clear: () => void }[] = [];

  /** Opens a table for one kind of value. Tables are opened when a module loads, one a kind. */
  table<K extends object, V>(): DerivedTable<K, V> {
    const table = new DerivedTable<K, V>();
    this.#tables.push(table);
    return table;
  }

  /** Forgets all values of all tables. */
  forget(): void {
    for (const table of this.#tables) table.clear();
  }
}

/** The one cache of the pure code. */
export const derivedValues = new DerivedValues();
