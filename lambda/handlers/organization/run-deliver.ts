import { errorCode, reasonOf } from '../../scanner/collect/failure.ts';
import type { Config } from '../../scanner/config.ts';
import type { SecurityHub } from '../../scanner/deliver/hub.ts';
import { type CorrelationResult, runOf } from '../../scanner/deliver/organization-store.ts';
import { accountCoverage } from '../../scanner/evaluate/coverage.ts';
import type { Check } from '../../scanner/check.ts';
import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import { parseSnapshot } from '../../scanner/facts/snapshot.ts';
import { membersOf } from '../../scanner/organization/planned-accounts.ts';
import { type SavedReach, readReach } from '../../scanner/organization/saved-reach.ts';
import { foundIn } from '../../scanner/report/digest/found.ts';
import { countsOf, mostOfAccount, shortened } from '../../scanner/report/html/shortened.ts';
import { type CrossAccountContext, scan } from '../../scanner/scan.ts';
import { type FinishPorts, finishScan } from '../finish-scan.ts';
import { type LastNight, type Memory, readLastToldNight, rememberIfDelivered } from '../last-night.ts';
import { withProblems } from '../with-problems.ts';
import { readLastOrganization, toldAt } from './last-organization.ts';
import type { AccountEvent, OrganizationPorts } from './ports.ts';

/** The ports of a delivery. */
export interface DeliverPorts extends OrganizationPorts, Omit<FinishPorts, 'hub'> {
  readonly store: Memory & FinishPorts['store'];
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
  const correlation = await kept.correlation.get();
  // An account that an earlier run read is evaluated at that time, so that nothing in it becomes older than it was seen.
  const readBy = correlation.part?.readBy[account] ?? run;
  const file = await kept.of(readBy).snapshotOf(account).get();
  const snapshot = parseSnapshot(file);
  const reach = await kept.reach.get(account);
  const crossAccount = amongOthers(reach, members, correlation);
  const before = await readLastOrganization(ports.store);
  const last = comparable(await readLastToldNight(ports.store, account, lastToldOf(before, account)), before);
  // A later run, which goes on at the same time or was stopped, may have delivered what it read.
  if (last.readAt !== undefined && Date.parse(last.readAt) > Date.parse(readBy.startedAt)) return { account, complete: false };
  const report = scan([snapshot], {
    ...members,
    ...{ checks, config, now: Date.parse(readBy.startedAt), version, organization, crossAccount },
    ...baselineOf(last, before),
  });
  const { hub, problems } = await hubFor(account, ports);
  const judged = {
    run: runOf(account, run),
    snapshot,
    report,
    checks,
    problems: [...last.problems, ...problems],
    kept: { report },
  };
  const delivered = await finishScan({ ...ports, hub }, { ...judged, ...(hubAccount === undefined ? {} : { hubAccount }) });
  await kept.found.put(account, foundIn(report, account, checks));
  await kept.shown.put(account, shortened({ report, all: countsOf(report) }, mostOfAccount));
  const tonight = { ...file, reach, runStartedAt: run.startedAt, readAt: readBy.startedAt };
  const result = withProblems(delivered, await rememberIfDelivered(ports.store, last, tonight, delivered));
  await kept.outcomes.put(account, result);
  return { account, complete: result.complete };
}

type Before = Awaited<ReturnType<typeof readLastOrganization>>;

const lastToldOf = (before: Before, account: string) =>
  before === undefined || before === 'corrupt' ? undefined : toldAt(before, account);

/** Without the organization of the earlier nights the account keeps its own: the next night compares with it, so that no change is lost. */
function comparable(last: LastNight, before: Before): LastNight {
  if (last.snapshot === undefined || (before !== undefined && before !== 'corrupt')) return last;
  const problems = before === 'corrupt' ? ['the organization of the earlier nights cannot be read, so nothing was compared'] : [];
  return { ...last, isKept: true, problems };
}

/**
 * The options that compare with the earlier nights. Without the organization of that night, limits and access to other accounts are not
 * known, so nothing is compared.
 */
function baselineOf({ snapshot, reach }: LastNight, before: Before) {
  if (snapshot === undefined || before === undefined || before === 'corrupt') return {};
  return {
    ...{ baseline: [snapshot], baselineOrganization: before.organization },
    baselineOthers: { reach: reach === undefined ? new Map() : readReach(reach), analyzed: before.analyzed },
  };
}

/** What is known of the other accounts, which are evaluated separately. */
function amongOthers(
  reach: SavedReach,
  { organizationAccounts }: ReturnType<typeof membersOf>,
  { reportingAccount, scanned, failures, notAnalyzed, partlyAnalyzed, own }: CorrelationResult,
): CrossAccountContext {
  return {
    ...{ reportingAccount, notAnalyzed, partlyAnalyzed },
    own: { ...own, ids: new Set([...scanned, ...(organizationAccounts ?? []).map(({ id }) => id)]), complete: true },
    coverage: accountCoverage(new Set(scanned), organizationAccounts, new Map(Object.entries(failures))),
    reach: readReach(reach),
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
