import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import { type Store, organizationPageKey } from '../../scanner/deliver/store.ts';
import { membersOf, plannedAccounts } from '../../scanner/organization/planned-accounts.ts';
import { MOST_LISTED } from '../run-ended.ts';
import type { Telemetry } from '../telemetry.ts';
import { withProblems } from '../with-problems.ts';
import { type TellPorts, prepareDigest } from '../tell.ts';
import { latestEvaluations, latestOutcomes } from './earlier-results.ts';
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

const MOST_NAMED = 5;

const readAgainNote = (accounts: readonly string[]): string =>
  `Read again after a change: ${accounts.length <= MOST_NAMED ? accounts.join(', ') : `${accounts.length} accounts`}. Other changes follow in the nightly run.`;

/**
 * Adds up the outcomes of all accounts, stores the report, keeps the organization for the comparison of the next night, tells what changed
 * in the findings of all accounts, and returns the event that ends the run. What was told comes last: a state that is tried again would not
 * tell it again.
 */
export async function runSummarize(
  { kept, telemetry, hubRegion, consoleAddress, ...ports }: SummarizePorts,
  { run }: RunEvent,
): Promise<Omit<OrganizationReport, 'accounts'>> {
  const [file, correlation, part, own, accounts] = await Promise.all([
    kept.organization.get(),
    kept.correlation.get(),
    kept.part.find(),
    kept.outcomes.all(),
    kept.found.accounts(),
  ]);
  const evaluations = latestEvaluations(kept, part, correlation);
  const organization = parseOrganization(file);
  const { managementAccountId: account = correlation.reportingAccount } = membersOf(organization);
  const unkept = await keepOrganizationPage(ports.store, evaluations, { account, scanned: correlation.scanned });
  const page = consoleAddress(organizationPageKey);
  const subject = {
    ...{ account, scope: `organization of ${account}`, startedAt: run.startedAt, hubRegion, page },
    ...(part ? { note: readAgainNote(part.accounts) } : {}),
  };
  const { digest, problems: unread, tell } = await prepareDigest(ports, { accounts, of: kept.found.get }, subject);
  const problems = [...unkept, ...unread];
  const outcomes = await latestOutcomes(evaluations);
  const outcome = organizationReport(run, plannedAccounts(organization), correlation, outcomes, { digest, problems });
  await kept.report.put(outcome);
  await keepLastOrganization(ports.store, run, file, correlation, own);
  const report = withProblems(outcome, await tell());
  telemetry.organization(report);
  const { accounts: _, notScanned, undelivered, readAgain, farthest: widestReach, ...told } = report;
  return {
    ...told,
    problems: report.problems.slice(0, MOST_LISTED),
    notScanned: notScanned.slice(0, MOST_LISTED),
    undelivered: undelivered.slice(0, MOST_LISTED),
    ...(readAgain ? { readAgain: readAgain.slice(0, MOST_LISTED) } : {}),
    farthest: widestReach.slice(0, MOST_LISTED),
  };
}
