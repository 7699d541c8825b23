import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import { plannedAccounts } from '../../scanner/organization/planned-accounts.ts';
import { organizationReport } from './organization-report.ts';
import { runSchema, stateHandler } from './state.ts';

// An event in EventBridge has at most 256 KB. The report has all entries.
const MOST_LISTED = 50;

/** The last state: adds up the outcomes of all accounts, stores the report, and publishes it as an event and as metrics. */
export const handler = stateHandler('summarise', runSchema, async ({ run }, { kept, telemetry }) => {
  const [organization, joined, outcomes] = await Promise.all([kept.organization.get(), kept.joined.get(), kept.outcomes.all()]);
  const report = organizationReport(run, plannedAccounts(parseOrganization(organization)), joined, outcomes);
  await kept.report.put(report);
  telemetry.organization(report);
  const { accounts: _, notScanned, undelivered, farthest, ...told } = report;
  return {
    ...told,
    notScanned: notScanned.slice(0, MOST_LISTED),
    undelivered: undelivered.slice(0, MOST_LISTED),
    farthest: farthest.slice(0, MOST_LISTED),
  };
});
