import type { AccountCoverage, FactCoverage, FactGap } from '../facts/coverage.ts';
import type { OrganizationAccount } from '../facts/organization-parts/listed-accounts.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { type Observed, collected } from '../model/observed.ts';
import { type RawFactName, rawFactNames, rawFacts } from '../facts/index.ts';
import { incompleteLists } from './complete-lists.ts';

/** How much of each requested fact was collected. */
export function factCoverage({ facts }: Pick<Snapshot, 'facts'>): readonly FactCoverage[] {
  const missing = incompleteLists(facts);
  return rawFactNames.flatMap((name) => {
    const elements = missing.get(name) ?? [];
    const gaps = elements.length === 0 ? [] : [partialGap(rawFacts[name].actions, elements)];
    return coverageOf(name, facts[name]).map((fact) => ({ ...fact, gaps: [...fact.gaps, ...gaps] }));
  });
}

/** The gap of a fact or a part that AWS answered, where some of the answer is missing or cannot be read. */
export const partialGap = ([action = '']: readonly string[], elements: readonly string[]): FactGap => ({
  action,
  reason:
    elements.slice(0, MOST_NAMED).join('; ') + (elements.length > MOST_NAMED ? `; ${elements.length - MOST_NAMED} more` : ''),
  isPartial: true,
});

/** The most elements that a reason names. */
const MOST_NAMED = 10;

/** A fact that was not requested, or is not in the files, has no action and no gap: no call was denied. */
function coverageOf(name: RawFactName, fact: Observed<unknown>): readonly FactCoverage[] {
  if (fact.status === 'collected') return [{ name, gaps: gapsAmong(itemsOf(fact.value)) }];
  return fact.action === undefined ? [] : [{ name, gaps: [{ action: fact.action, reason: fact.reason }] }];
}

/** Whether the fact holds one answer for each item. Other maps hold plain values, such as session durations. */
export const isByItem = (value: unknown): value is ReadonlyMap<string, Observed<unknown>> =>
  value instanceof Map && [...value.values()].every((item) => typeof item === 'object' && item !== null && 'status' in item);

/** The answers for each item of a fact; none if it has no items. */
export function itemsOf(value: unknown): readonly Observed<unknown>[] {
  if (isByItem(value)) return [...value.values()];
  if (typeof value !== 'object' || value === null || !('unseenPolicies' in value) || !isByItem(value.unseenPolicies)) return [];
  const seen =
    'policies' in value && Array.isArray(value.policies) ? value.policies.map((policy: unknown) => collected(policy)) : [];
  return [...seen, ...value.unseenPolicies.values()];
}

function gapsAmong(items: readonly Observed<unknown>[]): readonly FactGap[] {
  const gaps = new Map<string, { readonly reason: string; hidden: number }>();
  for (const item of items) {
    if (item.status === 'collected' || item.action === undefined) continue;
    const gap = gaps.get(item.action);
    if (gap) gap.hidden += 1;
    else gaps.set(item.action, { reason: item.reason, hidden: 1 });
  }
  return [...gaps].map(([action, { reason, hidden }]) => ({ action, reason, items: { hidden, of: items.length } }));
}

/** Every active account of the organization, and whether it was scanned. */
export const accountCoverage = (
  scanned: ReadonlySet<string>,
  listed: readonly OrganizationAccount[] | undefined,
  failures: ReadonlyMap<string, string> = new Map(),
): readonly AccountCoverage[] =>
  (listed ?? [])
    .filter(({ active }) => active)
    .map(({ id, name }) => ({
      id,
      ...(name === undefined ? {} : { name }),
      isScanned: scanned.has(id),
      ...reasonOf(failures.get(id)),
    }));

const reasonOf = (reason: string | undefined) => (reason === undefined ? {} : { reason });
