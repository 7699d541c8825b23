import type { OwnAccounts } from '../check.ts';
import type { OrganizationAccount } from '../facts/organization-parts/listed-accounts.ts';
import type { Snapshot } from '../facts/snapshot.ts';

/** What one account says that holds for all of its Organization. */
export interface AccountWord {
  readonly account: string;
  /** Absent where the account was not told: only one that manages the Organization, or was delegated it, is. */
  readonly rootFeatures?: readonly string[];
  /** Whether it has an analyzer of the whole Organization; absent where not all Regions told. */
  readonly hasAnalyzer?: boolean;
}

/** What the account says that holds for all. */
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

/** The accounts that are scanned together, and those of their Organization where they were listed, have one owner. */
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
