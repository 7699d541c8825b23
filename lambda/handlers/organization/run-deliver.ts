import { errorCode, reasonOf } from '../../scanner/collect/failure.ts';
import type { Config } from '../../scanner/config.ts';
import type { SecurityHub } from '../../scanner/deliver/hub.ts';
import { runOf } from '../../scanner/deliver/organization-store.ts';
import { accountCoverage } from '../../scanner/evaluate/coverage.ts';
import type { Check } from '../../scanner/check.ts';
import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import { parseSnapshot } from '../../scanner/facts/snapshot.ts';
import { membersOf } from '../../scanner/organization/planned-accounts.ts';
import { readReach } from '../../scanner/organization/saved-reach.ts';
import { type CrossAccountContext, scan } from '../../scanner/scan.ts';
import { type FinishPorts, finishScan } from '../finish-scan.ts';
import type { AccountEvent, OrganizationPorts } from './ports.ts';

/** The ports of a delivery. */
export interface DeliverPorts extends OrganizationPorts, Omit<FinishPorts, 'hub'> {
  /**
   * Opens the hub for the findings of the account; undefined if findings only go into the report.
   *
   * @throws Error named AccessDenied when the role in the account cannot be assumed.
   */
  readonly openHub: (account: string) => Promise<SecurityHub | undefined>;
}

/** How the account is evaluated. */
export interface DeliverOptions {
  readonly checks: readonly Check[];
  readonly config: Config;
  readonly version: string;
  /** The account of the hub, if it is not the account of the findings. */
  readonly hubAccount?: string;
}

/** The output of a delivery. */
export interface DeliveredAccount {
  readonly account: string;
  readonly complete: boolean;
}

/** Evaluates one scanned account together with the others, stores the report, and delivers the findings. */
export async function runDeliver(
  ports: DeliverPorts,
  { account, run }: AccountEvent,
  { checks, config, version, hubAccount }: DeliverOptions,
): Promise<DeliveredAccount> {
  const { kept } = ports;
  const organization = parseOrganization(await kept.organization.get());
  const members = membersOf(organization);
  const snapshot = parseSnapshot(await kept.snapshotOf(account).get());
  const ofAccount = runOf(account, run);
  const crossAccount = await amongOthers(account, members, ports);
  const report = scan([snapshot], {
    ...members,
    ...{ checks, config, now: ofAccount.startedAt, version, organization, crossAccount },
  });
  const { hub, problems } = await hubFor(account, ports);
  const judged = { run: ofAccount, snapshot, report, checks, problems, kept: { report } };
  const result = await finishScan({ ...ports, hub }, { ...judged, ...(hubAccount === undefined ? {} : { hubAccount }) });
  await kept.outcomes.put(account, result);
  return { account, complete: result.complete };
}

/** What is known of the other accounts, which are evaluated separately. */
async function amongOthers(
  account: string,
  members: ReturnType<typeof membersOf>,
  { kept }: OrganizationPorts,
): Promise<CrossAccountContext> {
  const { reportingAccount, scanned, failures, notAnalyzed, partlyAnalyzed, own } = await kept.correlation.get();
  const { organizationAccounts } = members;
  return {
    ...{ reportingAccount, notAnalyzed, partlyAnalyzed },
    own: { ...own, ids: new Set([...scanned, ...(organizationAccounts ?? []).map(({ id }) => id)]), complete: true },
    coverage: accountCoverage(new Set(scanned), organizationAccounts, new Map(Object.entries(failures))),
    reach: readReach(await kept.reach.get(account)),
  };
}

/** The hub for the findings of the account, or why there is none if its role can no longer be assumed. */
async function hubFor(
  account: string,
  { openHub }: DeliverPorts,
): Promise<{ readonly hub: SecurityHub | undefined; readonly problems: readonly string[] }> {
  try {
    return { hub: await openHub(account), problems: [] };
  } catch (error) {
    if (errorCode(error) !== 'AccessDenied') throw error;
    return { hub: undefined, problems: [`no findings were delivered: ${reasonOf(error)}`] };
  }
}
