import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import { type Store, organizationPageKey } from '../../scanner/deliver/store.ts';
import { membersOf, plannedAccounts } from '../../scanner/organization/planned-accounts.ts';
import { MOST_LISTED } from '../run-ended.ts';
import type { Telemetry } from '../telemetry.ts';
import { withProblems } from '../with-problems.ts';
import { type TellPorts, prepareDigest } from '../tell.ts';
import { keepOrganizationPage } from './organization-page.ts';
import { keepLastOrganization } from './last-organization.ts';
import { type OrganizationReport, organizationReport } from './organization-report.ts';
import type { OrganizationPorts, RunEvent } from './ports.ts';

/** The ports of the last state. */
export interface SummarizePorts extends OrganizationPorts, TellPorts {
  readonly store: TellPorts['store'] & Pick<Store, 'putPage'>;
  /** The address of an object of the store in the console of S3. */
  readonly consoleAddress: (key: string) => string;
  readonly telemetry: Pick<Telemetry, 'organization'>;
  /** The Region of the hub or hubs; undefined: findings are only in the reports. */
  readonly hubRegion: string | undefined;
}

/**
 * Adds up the outcomes of all accounts, stores the report, keeps the organization for the comparison of the next night, tells what changed
 * in the findings of all accounts, and returns the event that ends the run. What was told comes last: a state that is tried again would not
 * tell it again.
 */
export async function runSummarize(
  { kept, telemetry, hubRegion, consoleAddress, ...ports }: SummarizePorts,
  { run }: RunEvent,
): Promise<Omit<OrganizationReport, 'accounts'>> {
  const [file, correlation, outcomes, accounts] = await Promise.all([
    kept.organization.get(),
    kept.correlation.get(),
    kept.outcomes.all(),
    kept.found.accounts(),
  ]);
  const organization = parseOrganization(file);
  const { managementAccountId: account = correlation.reportingAccount } = membersOf(organization);
  const unkept = await keepOrganizationPage({ kept, ...ports }, { account, scanned: correlation.scanned });
  const page = consoleAddress(organizationPageKey);
  const subject = { account, scope: `organization of ${account}`, startedAt: run.startedAt, hubRegion, page };
  const { digest, problems: unread, tell } = await prepareDigest(ports, { accounts, of: kept.found.get }, subject);
  const problems = [...unkept, ...unread];
  const outcome = organizationReport(run, plannedAccounts(organization), correlation, outcomes, { digest, problems });
  await kept.report.put(outcome);
  await keepLastOrganization(ports.store, run, file, correlation, outcomes);
  const report = withProblems(outcome, await tell());
  telemetry.organization(report);
  const { accounts: _, notScanned, undelivered, farthest: widestReach, ...told } = report;
  return {
    ...told,
    problems: report.problems.slice(0, MOST_LISTED),
    notScanned: notScanned.slice(0, MOST_LISTED),
    undelivered: undelivered.slice(0, MOST_LISTED),
    farthest: widestReach.slice(0, MOST_LISTED),
  };
}
