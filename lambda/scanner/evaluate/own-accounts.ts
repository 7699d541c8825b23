import type { OrganizationAnalyzers, OwnAccounts } from '../check.ts';
import type { OrganizationAccount } from '../facts/organization-parts/listed-accounts.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { unreadElements } from './unread.ts';
import { ifCollected } from '../model/observed.ts';
import { permissionSetRole } from '../model/permission-set-role.ts';

/** What one account knows about its whole organization. */
export interface AccountSummaryFacts {
  readonly account: string;
  /** Absent if AWS did not say: it answers only the management account and a delegated administrator. */
  readonly rootFeatures?: readonly string[];
  /** Its analyzers for the whole organization; complete: all Regions answered. */
  readonly organizationAnalyzers: OrganizationAnalyzers;
  /** The Regions of IAM Identity Center that roles in it name. Absent if it has no such role, or its roles are not known. */
  readonly identityCenterRegions?: readonly string[];
  /** Its identities could not be read completely. */
  readonly isPartlyRead?: true;
}

/** What the account knows about its whole organization. */
export function summaryFactsOf({ accountId, facts }: Snapshot): AccountSummaryFacts {
  const { rootFeatures, analyzers, identities } = facts;
  const roles = ifCollected(identities)?.roles ?? [];
  const regions = unique(roles.flatMap(({ arn }) => permissionSetRole(arn)?.region ?? []));
  return {
    account: accountId,
    ...(rootFeatures.status === 'collected' && rootFeatures.value ? { rootFeatures: rootFeatures.value } : {}),
    organizationAnalyzers: organizationAnalyzersOf(analyzers),
    ...(regions.length === 0 ? {} : { identityCenterRegions: regions }),
    ...(unreadElements('identities', facts).length === 0 ? {} : { isPartlyRead: true }),
  };
}

function organizationAnalyzersOf(analyzers: Snapshot['facts']['analyzers']): OrganizationAnalyzers {
  if (analyzers.status === 'unavailable') return { regions: [], complete: false };
  const regions = [...analyzers.value].flatMap(([region, answer]) =>
    answer.status === 'collected' && answer.value.some(({ type, active }) => active && type === 'ORGANIZATION') ? [region] : [],
  );
  return { regions, complete: [...analyzers.value.values()].every(({ status }) => status === 'collected') };
}

/** The accounts of one owner: those that are scanned together, and those of their organization if they were listed. */
export function ownAccounts(
  summaries: readonly AccountSummaryFacts[],
  listed: readonly OrganizationAccount[] | undefined,
): OwnAccounts & Required<Pick<OwnAccounts, 'organizationAnalyzers'>> {
  const scanned = new Set(summaries.map(({ account }) => account));
  const isWhole = listed?.every(({ id, active }) => !active || scanned.has(id)) ?? false;
  const organizationAnalyzers = {
    regions: [...new Set(summaries.flatMap((summaryFacts) => summaryFacts.organizationAnalyzers.regions))],
    complete: isWhole && summaries.every((summaryFacts) => summaryFacts.organizationAnalyzers.complete),
  };
  const [rootFeatures] = summaries.flatMap((summaryFacts) => (summaryFacts.rootFeatures ? [summaryFacts.rootFeatures] : []));
  return {
    ids: new Set([...scanned, ...(listed ?? []).map(({ id }) => id)]),
    complete: listed !== undefined,
    ...(rootFeatures === undefined ? {} : { rootFeatures }),
    organizationAnalyzers,
    identityCenterRegions: unique(summaries.flatMap(({ identityCenterRegions = [] }) => identityCenterRegions)),
  };
}

/** The accounts whose identities could not be read completely. */
export const partlyReadAccounts = (summaries: readonly AccountSummaryFacts[]): readonly string[] =>
  summaries.flatMap(({ account, isPartlyRead = false }) => (isPartlyRead ? account : []));

const unique = (regions: readonly string[]): readonly string[] => [...new Set(regions)].toSorted();
