/** The limits of one request. */
export interface BatchLimit<T> {
  readonly count: number;
  readonly bytes?: { readonly most: number; readonly of: (item: T) => number };
}

/** The items in as few batches as the limit allows, in order. */
export function batchesOf<T>(items: readonly T[], { count, bytes }: BatchLimit<T>): readonly (readonly T[])[] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let size = 0;
  for (const item of items) {
    const weight = bytes?.of(item) ?? 0;
    if (batch.length > 0 && (batch.length >= count || size + weight > (bytes?.most ?? Infinity))) {
      batches.push(batch);
      batch = [];
      size = 0;
    }
    batch.push(item);
    size += weight;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}
