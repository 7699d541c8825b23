import type { OwnAccounts } from '../check.ts';
import type { OrganizationAccount } from '../facts/organization-parts/listed-accounts.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { permissionSetRole } from '../model/permission-set-role.ts';

/** What one account knows about its whole organization. */
export interface AccountSummaryFacts {
  readonly account: string;
  /** Absent if AWS did not say: it answers only the management account and a delegated administrator. */
  readonly rootFeatures?: readonly string[];
  /** Whether it has an analyzer for the whole organization. Absent if not all Regions answered. */
  readonly hasAnalyzer?: boolean;
  /** The Regions of IAM Identity Center that roles in it name. Absent if it has no such role, or its roles are not known. */
  readonly identityCenterRegions?: readonly string[];
}

/** What the account knows about its whole organization. */
export function summaryFactsOf({ accountId, facts: { rootFeatures, analyzers, identities } }: Snapshot): AccountSummaryFacts {
  const answers = analyzers.status === 'collected' ? [...analyzers.value.values()] : [analyzers];
  const isThere = answers.some(
    (answer) => answer.status === 'collected' && answer.value.some(({ type, active }) => active && type === 'ORGANIZATION'),
  );
  const isKnown = isThere || answers.every(({ status }) => status === 'collected');
  const roles = identities.status === 'collected' ? identities.value.roles : [];
  const regions = unique(roles.flatMap(({ arn }) => permissionSetRole(arn)?.region ?? []));
  return {
    account: accountId,
    ...(rootFeatures.status === 'collected' && rootFeatures.value ? { rootFeatures: rootFeatures.value } : {}),
    ...(isKnown ? { hasAnalyzer: isThere } : {}),
    ...(regions.length === 0 ? {} : { identityCenterRegions: regions }),
  };
}

/** The accounts of one owner: those that are scanned together, and those of their organization if they were listed. */
export function ownAccounts(
  summaries: readonly AccountSummaryFacts[],
  listed: readonly OrganizationAccount[] | undefined,
): OwnAccounts {
  const scanned = new Set(summaries.map(({ account }) => account));
  const hasAnalyzer = summaries.some((summaryFacts) => summaryFacts.hasAnalyzer === true);
  const isWhole = listed?.every(({ id, active }) => !active || scanned.has(id)) ?? false;
  const hasNone = isWhole && summaries.every((summaryFacts) => summaryFacts.hasAnalyzer === false);
  const [rootFeatures] = summaries.flatMap((summaryFacts) => (summaryFacts.rootFeatures ? [summaryFacts.rootFeatures] : []));
  return {
    ids: new Set([...scanned, ...(listed ?? []).map(({ id }) => id)]),
    complete: listed !== undefined,
    ...(rootFeatures === undefined ? {} : { rootFeatures }),
    ...(hasAnalyzer || hasNone ? { hasAnalyzer } : {}),
    identityCenterRegions: unique(summaries.flatMap(({ identityCenterRegions = [] }) => identityCenterRegions)),
  };
}

const unique = (regions: readonly string[]): readonly string[] => [...new Set(regions)].toSorted();
