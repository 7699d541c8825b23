import type { Call } from './call.ts';
import type { Quirks } from './quirks.ts';
import { draw } from './random.ts';

/** What happens to a request in place of its answer. */
export type Trouble = 'throttled' | 'cut-before-answer' | 'cut-amid-answer';

/**
 * What goes wrong with the next request of a key: each distinct request goes through its own troubles one by one, is then
 * answered, and may meet new ones when it is made again.
 */
export function troublesOf(quirks: Quirks): (call: Call) => Trouble | undefined {
  const waiting = new Map<string, Trouble[]>();
  const answered = new Map<string, number>();
  let firstAt: number | undefined;
  return ({ key }) => {
    firstAt ??= performance.now();
    if (performance.now() - firstAt < (quirks.throttledFor ?? 0)) return 'throttled';
    const times = answered.get(key) ?? 0;
    const troubles = waiting.get(key) ?? plan(quirks, `${times} ${key}`);
    const trouble = troubles.shift();
    if (trouble !== undefined) waiting.set(key, troubles);
    else {
      waiting.delete(key);
      answered.set(key, times + 1);
    }
    return trouble;
  };
}

function plan({ seed = 1, throttling, cutConnections = 0 }: Quirks, key: string): Trouble[] {
  // Keys contain whole bodies, and most servers have no troubles.
  if (throttling === undefined && cutConnections === 0) return [];
  const burst = throttling && draw(seed, `throttling ${key}`) < throttling.rate ? throttling.burst : 0;
  const cut = draw(seed, `cut ${key}`) < cutConnections;
  const where = draw(seed, `where ${key}`) < 0.5 ? 'cut-before-answer' : 'cut-amid-answer';
  return [...Array<Trouble>(burst).fill('throttled'), ...(cut ? ([where] as const) : [])];
}
