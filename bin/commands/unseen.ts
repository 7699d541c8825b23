import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Observed } from '../../lambda/scanner/model/observed.ts';
import type { RawFactName } from '../../lambda/scanner/facts/index.ts';

/** The requested facts that could not be collected: one line for each reason, with how many items are missing. */
export const unseenOf = (facts: Snapshot['facts'], asked: readonly RawFactName[]): readonly string[] => [
  ...asked.flatMap((name) => unseenOfFact(name, facts[name])),
  ...unseenCompute(facts),
];

function unseenOfFact(name: RawFactName, fact: Observed<unknown>): readonly string[] {
  if (fact.status === 'unavailable') return [`${name}: ${fact.reason}`];
  const { value } = fact;
  if (!isByItem(value)) return [];
  const hidden = new Map<string, number>();
  for (const item of value.values())
    if (item.status === 'unavailable') hidden.set(item.reason, (hidden.get(item.reason) ?? 0) + 1);
  return [...hidden].map(([reason, count]) => `${name}: ${reason} (${count} of ${value.size})`);
}

/** A fact is a map if, and only if, it holds one answer for each item. */
const isByItem = (value: unknown): value is ReadonlyMap<string, Observed<unknown>> => value instanceof Map;

/** One line for each kind and reason, with all its Regions. */
function unseenCompute({ compute }: Snapshot['facts']): readonly string[] {
  const regions = new Map<string, string[]>();
  for (const { kind, region, reason } of compute.status === 'collected' ? compute.value.unseen : []) {
    const line = `compute, ${kind}: ${reason}`;
    regions.set(line, [...(regions.get(line) ?? []), region]);
  }
  return [...regions].map(([line, where]) => `${line} in ${where.join(', ')}`);
}
