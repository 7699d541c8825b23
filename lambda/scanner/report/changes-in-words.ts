import type { Change } from '../model/change.ts';

/** How many changes there are of each kind: `3 worse, 1 better, 2 other`. */
export function changesInWords(changes: readonly Change[], notCompared: number): string {
  const count = (effect: Change['effect']) => changes.filter((change) => change.effect === effect).length;
  return `${count('worse')} worse, ${count('better')} better, ${count('neutral')} other; ${notCompared} not compared`;
}
