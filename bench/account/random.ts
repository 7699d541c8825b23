/** Numbers that look random and are the same in every run. */
export interface Random {
  /** From 0 up to, not including, `limit`; whole. */
  readonly below: (limit: number) => number;
  readonly chance: (probability: number) => boolean;
  /** One of the items; the first ones are no likelier than the last. */
  readonly pick: <T>(items: readonly T[]) => T;
  /** So many of the items, which must be distinct, without repetition; all of them where there are no more. */
  readonly some: <T>(items: readonly T[], count: number) => readonly T[];
  /** Letters and digits, as in unique ids. */
  readonly id: (prefix: string) => string;
}

const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function createRandom(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return {
    below,
    chance: (probability) => next() < probability,
    pick,
    some: (items, count) => {
      const chosen = new Set<(typeof items)[number]>();
      const wanted = Math.min(count, items.length);
      while (chosen.size < wanted) chosen.add(pick(items));
      return [...chosen];
    },
    id: (prefix) => prefix + Array.from({ length: 17 }, () => ID_LETTERS[below(ID_LETTERS.length)]).join(''),
  };
}
