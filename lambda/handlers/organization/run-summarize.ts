import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import { plannedAccounts } from '../../scanner/organization/planned-accounts.ts';
import type { Telemetry } from '../telemetry.ts';
import { type OrganizationReport, organizationReport } from './organization-report.ts';
import type { OrganizationPorts, RunEvent } from './ports.ts';

/** The ports of the last state. */
export interface SummarizePorts extends OrganizationPorts {
  readonly telemetry: Pick<Telemetry, 'organization'>;
}

// An event in EventBridge has at most 256 KB. The report has all entries.
const MOST_LISTED = 50;

/** Adds up the outcomes of all accounts, stores the report, and publishes it as an event and as metrics. */
export async function runSummarize(
  { kept, telemetry }: SummarizePorts,
  { run }: RunEvent,
): Promise<Omit<OrganizationReport, 'accounts'>> {
  const [organization, correlation, outcomes] = await Promise.all([
    kept.organization.get(),
    kept.correlation.get(),
    kept.outcomes.all(),
  ]);
  const report = organizationReport(run, plannedAccounts(parseOrganization(organization)), correlation, outcomes);
  await kept.report.put(report);
  telemetry.organization(report);
  const { accounts: _, notScanned, undelivered, farthest: widestReach, ...told } = report;
  return {
    ...told,
    notScanned: notScanned.slice(0, MOST_LISTED),
    undelivered: undelivered.slice(0, MOST_LISTED),
    farthest: widestReach.slice(0, MOST_LISTED),
  };
}
