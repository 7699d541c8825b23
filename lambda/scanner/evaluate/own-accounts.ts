import type { OwnAccounts } from '../check.ts';
import type { OrganizationAccount } from '../facts/organization-parts/listed-accounts.ts';
import type { Snapshot } from '../facts/snapshot.ts';

/** What one account knows about its whole organization. */
export interface AccountWord {
  readonly account: string;
  /** Absent if AWS did not say: it answers only the management account and a delegated administrator. */
  readonly rootFeatures?: readonly string[];
  /** Whether it has an analyzer for the whole organization. Absent if not all Regions answered. */
  readonly hasAnalyzer?: boolean;
}

/** What the account knows about its whole organization. */
export function wordOf({ accountId, facts: { rootFeatures, analyzers } }: Snapshot): AccountWord {
  const answers = analyzers.status === 'collected' ? [...analyzers.value.values()] : [analyzers];
  const isThere = answers.some(
    (answer) => answer.status === 'collected' && answer.value.some(({ type, active }) => active && type === 'ORGANIZATION'),
  );
  const isKnown = isThere || answers.every(({ status }) => status === 'collected');
  return {
    account: accountId,
    ...(rootFeatures.status === 'collected' && rootFeatures.value ? { rootFeatures: rootFeatures.value } : {}),
    ...(isKnown ? { hasAnalyzer: isThere } : {}),
  };
}

/** The accounts of one owner: those that are scanned together, and those of their organization if they were listed. */
export function ownAccounts(words: readonly AccountWord[], listed: readonly OrganizationAccount[] | undefined): OwnAccounts {
  const scanned = new Set(words.map(({ account }) => account));
  const hasAnalyzer = words.some((word) => word.hasAnalyzer === true);
  const isWhole = listed?.every(({ id, active }) => !active || scanned.has(id)) ?? false;
  const isSurelyWithout = isWhole && words.every((word) => word.hasAnalyzer === false);
  const [rootFeatures] = words.flatMap((word) => (word.rootFeatures ? [word.rootFeatures] : []));
  return {
    ids: new Set([...scanned, ...(listed ?? []).map(({ id }) => id)]),
    complete: listed !== undefined,
    ...(rootFeatures === undefined ? {} : { rootFeatures }),
    ...(hasAnalyzer || isSurelyWithout ? { hasAnalyzer } : {}),
  };
}
