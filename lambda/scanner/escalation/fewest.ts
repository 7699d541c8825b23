/**
 * The result of as few of the items as still have one. It leaves out many at once first, and the last ones first, since earlier items
 * may be needed for later ones.
 */
export function fewest<T, R>(items: readonly T[], resultOf: (kept: readonly T[]) => R | undefined): R | undefined {
  let kept = items;
  let best = resultOf(items);
  for (let size = items.length; size > 0; size = Math.floor(size / 2))
    for (let end = kept.length; end > 0; end -= size) {
      const without = kept.filter((_, index) => index < end - size || index >= end);
      const result = resultOf(without);
      if (result === undefined) continue;
      kept = without;
      best = result;
    }
  return best;
}
