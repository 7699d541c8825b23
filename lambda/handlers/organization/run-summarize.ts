import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import { plannedAccounts } from '../../scanner/organization/planned-accounts.ts';
import type { Store } from '../../scanner/deliver/store.ts';
import type { Telemetry } from '../telemetry.ts';
import { keepLastOrganization } from './last-organization.ts';
import { type OrganizationReport, organizationReport } from './organization-report.ts';
import type { OrganizationPorts, RunEvent } from './ports.ts';

/** The ports of the last state. */
export interface SummarizePorts extends OrganizationPorts {
  readonly telemetry: Pick<Telemetry, 'organization'>;
  readonly store: Pick<Store, 'find' | 'put'>;
}

// An event in EventBridge has at most 256 KB. The report has all entries.
const MOST_LISTED = 50;

/**
 * Adds up the outcomes of all accounts, stores the report, keeps the organization for the comparison of the next night, and publishes the
 * report as an event and as metrics.
 */
export async function runSummarize(
  { kept, telemetry, store }: SummarizePorts,
  { run }: RunEvent,
): Promise<Omit<OrganizationReport, 'accounts'>> {
  const [organization, correlation, outcomes] = await Promise.all([
    kept.organization.get(),
    kept.correlation.get(),
    kept.outcomes.all(),
  ]);
  const report = organizationReport(run, plannedAccounts(parseOrganization(organization)), correlation, outcomes);
  await kept.report.put(report);
  await keepLastOrganization(store, organization, correlation, outcomes);
  telemetry.organization(report);
  const { accounts: _, notScanned, undelivered, farthest: widestReach, ...told } = report;
  return {
    ...told,
    notScanned: notScanned.slice(0, MOST_LISTED),
    undelivered: undelivered.slice(0, MOST_LISTED),
    farthest: widestReach.slice(0, MOST_LISTED),
  };
}
