import { type AccountScanResult, type CorrelationResult } from '../../scanner/deliver/organization-store.ts';
import { ownAccounts, partlyReadAccounts } from '../../scanner/evaluate/own-accounts.ts';
import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import type { PrincipalReach } from '../../scanner/model/reach.ts';
import { crossAccountReach } from '../../scanner/organization/analyze-accounts.ts';
import { membersOf, plannedAccounts } from '../../scanner/organization/planned-accounts.ts';
import { saveReach } from '../../scanner/organization/saved-reach.ts';
import { reportingAccountOf } from '../../scanner/scan.ts';
import { deliveredPart, latestScans } from './earlier-results.ts';
import type { OrganizationPorts, RunEvent } from './ports.ts';

/** The output of this state. */
export interface Correlated extends RunEvent {
  readonly planned: number;
  readonly scanned: number;
  /** The key of the list of accounts to deliver. */
  readonly deliveries: string;
}

const FARTHEST = 50;
const NO_WORD = 'the scan of the account failed; see the log of the scan-member function';

/** Combines the results of the accounts: which principals reach other accounts, and which accounts were not scanned. */
export async function runCorrelate({ kept }: OrganizationPorts, { run }: RunEvent): Promise<Correlated> {
  const organization = parseOrganization(await kept.organization.get());
  const { managementAccountId, organizationAccounts } = membersOf(organization);
  const part = await kept.part.find();
  const all = await latestScans(kept, part);
  const told = plannedAccounts(organization).map(
    ({ id }) => [id, all.get(id) ?? ({ scanned: false, reason: NO_WORD } satisfies AccountScanResult)] as const,
  );
  const scanned = told.flatMap(([id, account]) => (account.scanned ? [id] : []));
  const reportingAccount = reportingAccountOf(new Set(scanned), managementAccountId);
  if (reportingAccount === undefined)
    throw new Error(
      'no account could be scanned. Check that the role exists in the accounts and that its trust policy trusts the scanner',
    );
  const reachOf = crossAccountReach(told.flatMap(([, account]) => (account.scanned ? (account.edges ?? []) : [])));
  const reachIn = (id: string) => saveReach(reachOf(id));
  const delivered = part && (await deliveredPart(kept, part, { scanned, reportingAccount, reachOf: reachIn }));
  const known = told.flatMap(([, account]) => (account.scanned ? account.summaryFacts : []));
  const { rootFeatures, organizationAnalyzers, identityCenterRegions = [] } = ownAccounts(known, organizationAccounts);
  const correlation: CorrelationResult = {
    ...{
      reportingAccount,
      scanned,
      failures: Object.fromEntries(told.flatMap(([id, account]) => (account.scanned ? [] : [[id, account.reason]]))),
    },
    notAnalyzed: told.flatMap(([id, account]) => (account.scanned && account.edges !== undefined ? [] : id)),
    partlyAnalyzed: partlyReadAccounts(known),
    own: { ...(rootFeatures ? { rootFeatures } : {}), organizationAnalyzers, identityCenterRegions },
    widestReach: widestReach(
      scanned.flatMap((id) => [...reachOf(id).values()].filter(({ accounts }) => leadsAway(accounts, id))),
    ),
    ...(delivered ? { part: delivered } : {}),
  };
  const delivering = delivered?.deliveries ?? scanned;
  await kept.reach.putAll(delivering.map((id) => [id, reachIn(id)]));
  await kept.correlation.put(correlation);
  const deliveries = await kept.putItems('deliveries', delivering);
  return { run, planned: told.length, scanned: scanned.length, deliveries };
}

/** Whether one of the accounts is another one than that of the principal. */
const leadsAway = (accounts: readonly string[], home: string): boolean => accounts.some((account) => account !== home);

const widestReach = (reaches: readonly PrincipalReach[]): CorrelationResult['widestReach'] =>
  reaches
    .map(({ arn, accounts }) => ({ arn, accounts: accounts.length }))
    .sort((a, b) => b.accounts - a.accounts || (a.arn < b.arn ? -1 : 1))
    .slice(0, FARTHEST);
