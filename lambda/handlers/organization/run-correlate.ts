import { type AccountScanResult, type CorrelationResult } from '../../scanner/deliver/organization-store.ts';
import { ownAccounts, partlyReadAccounts } from '../../scanner/evaluate/own-accounts.ts';
import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import type { PrincipalReach } from '../../scanner/model/reach.ts';
import { crossAccountReach } from '../../scanner/organization/analyze-accounts.ts';
import { membersOf, plannedAccounts } from '../../scanner/organization/planned-accounts.ts';
import { saveReach } from '../../scanner/organization/saved-reach.ts';
import { reportingAccountOf } from '../../scanner/scan.ts';
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
  const all = await kept.accounts.all();
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
  };
  await kept.reach.putAll(scanned.map((id) => [id, saveReach(reachOf(id))]));
  await kept.correlation.put(correlation);
  const deliveries = await kept.putItems('deliveries', scanned);
  return { run, planned: told.length, scanned: scanned.length, deliveries };
}

/** Whether one of the accounts is another one than that of the principal. */
const leadsAway = (accounts: readonly string[], home: string): boolean => accounts.some((account) => account !== home);

const widestReach = (reaches: readonly PrincipalReach[]): CorrelationResult['widestReach'] =>
  reaches
    .map(({ arn, accounts }) => ({ arn, accounts: accounts.length }))
    .sort((a, b) => b.accounts - a.accounts || (a.arn < b.arn ? -1 : 1))
    .slice(0, FARTHEST);
