import type { Config } from './config.ts';
import { accountSummaries } from './evaluate/account-summaries.ts';
import { breakGlassIn } from './evaluate/break-glass.ts';
import { accountCoverage } from './evaluate/coverage.ts';
import { applyExceptions, standingsIn } from './evaluate/exceptions.ts';
import type { CheckResult } from './evaluate/evaluate.ts';
import { evaluateAccount } from './evaluate/evaluate-account.ts';
import type { Check, CheckContext, OwnAccounts } from './check.ts';
import type { Night } from './drift/analyze-earlier.ts';
import { changesOf, compareWithBaseline } from './drift/since-baseline.ts';
import type { AccountCoverage } from './facts/coverage.ts';
import type { OrganizationAccount } from './facts/organization-parts/listed-accounts.ts';
import type { Drift } from './model/change.ts';
import type { Finding } from './model/finding.ts';
import { type Instant, toIso } from './model/instant.ts';
import { type Report, type UnreadData, byImportance } from './model/report.ts';
import type { OrganizationSnapshot } from './facts/organization-parts/organization-snapshot.ts';
import type { Snapshot } from './facts/snapshot.ts';
import { type Observed, collected, ifCollected } from './model/observed.ts';
import { type CrossAccountReach, type VerdictWithReach, isAdminSomewhere, toldVerdict, withReach } from './model/reach.ts';
import type { IsAmong } from './model/assertion.ts';
import type { EnvironmentOf } from './model/environment.ts';
import { createIsAmong } from './organization/account-groups.ts';
import { createEnvironments } from './organization/environments.ts';
import { type AnalyzedAccount, analyzeAccounts } from './organization/analyze-accounts.ts';
import { withIdentityCenterUsers } from './organization/identity-center-users.ts';
import { withUnlistedIdentityCenter } from './organization/unlisted-identity-center.ts';
import { ownAccounts, partlyReadAccounts, summaryFactsOf } from './evaluate/own-accounts.ts';
import { summarize } from './evaluate/summary.ts';
import { unreadIn } from './evaluate/unread.ts';

/** The options of a scan. */
export interface ScanOptions {
  readonly checks: readonly Check[];
  readonly config: Config;
  /** The time to evaluate at: now, or the time of a saved snapshot. */
  readonly now: Instant;
  readonly version: string;
  /** The management account of the organization, if there is one. */
  readonly managementAccountId?: string;
  /** Every account of the organization, if known. */
  readonly organizationAccounts?: readonly OrganizationAccount[];
  /** Earlier snapshots to compare with, at most one for each account. */
  readonly baseline?: readonly Snapshot[];
  /** The organization as it was then. */
  readonly baselineOrganization?: OrganizationSnapshot;
  /** What was known of the other accounts then, where accounts are scanned separately. */
  readonly baselineOthers?: { readonly reach: CrossAccountReach; readonly analyzed: ReadonlySet<string> };
  /** The organization of the accounts. Its SCPs and RCPs limit them. */
  readonly organization?: OrganizationSnapshot;
  /** Why accounts of it could not be scanned, by account ID. */
  readonly failures?: ReadonlyMap<string, string>;
  /** What is known of other accounts that are scanned separately. Default: only the snapshots are scanned. */
  readonly crossAccount?: CrossAccountContext;
}

/** What the accounts of one scan know of each other. */
export interface CrossAccountContext {
  readonly own: OwnAccounts;
  /** The account on which findings of the whole organization are reported. */
  readonly reportingAccount: string | undefined;
  /** Every active account of the organization, and whether it was scanned. */
  readonly coverage: readonly AccountCoverage[];
  /** The active accounts whose principals were not analyzed. Default: those that were not scanned. */
  readonly notAnalyzed?: readonly string[];
  /** The accounts whose identities could not be read completely. */
  readonly partlyAnalyzed?: readonly string[];
  /** The principals of the scanned account that can become admin of other accounts. */
  readonly reach?: CrossAccountReach;
}

/** Evaluates the snapshots of one or more accounts. A pure function, the same on a laptop and in Lambda. */
export function scan(snapshots: readonly Snapshot[], options: ScanOptions): Report {
  const { config, now, version, crossAccount = crossAccountContext(snapshots, options) } = options;
  const { partlyAnalyzed = [] } = crossAccount;
  const regions = crossAccount.own.identityCenterRegions ?? [];
  const organization = withUnlistedIdentityCenter(options.organization, regions);
  const main = snapshots.find(({ accountId }) => accountId === crossAccount.reportingAccount) ?? snapshots[0];
  const environmentOf = createEnvironments(config.environments, organization, options.organizationAccounts);
  const analyzed = analyzeAccounts(snapshots, organization, crossAccount.reach);
  const later = { snapshots, organization, reach: crossAccount.reach };
  const driftOf = compareWithBaseline(earlierNight(options, regions), later, analyzed, breakGlassIn(config));
  const accounts = analyzed.map((account) => {
    const isReporting = account.snapshot.accountId === crossAccount.reportingAccount;
    return scanAccount(
      account,
      crossAccount.own,
      {
        ...{ drift: driftOf(account, isReporting), isReporterKnown: isReporting || options.managementAccountId !== undefined },
        ...(isReporting ? { organization, listed: crossAccount.coverage } : { listed: [] }),
      },
      { ...options, organization, environmentOf, isAmong: createIsAmong(organization, environmentOf) },
    );
  });
  const results = accounts.flatMap((account) => account.results);
  const found = results.flatMap((result) => result.findings);
  const unread = accounts.flatMap((account) => account.unread);
  const addUsers = withIdentityCenterUsers(organization);
  const standingOf = standingsIn(accounts.flatMap(({ admins }) => admins));
  const { findings, notices } = applyExceptions(found, config.exceptions, now, standingOf);
  return {
    schemaVersion: 1,
    tool: { name: 'iam-vigil', version },
    account: main?.accountId ?? '',
    accounts: accountSummaries(snapshots, findings, unread, options.organizationAccounts),
    ...notAnalyzed(analyzed, crossAccount),
    ...(partlyAnalyzed.length === 0 ? {} : { partlyAnalyzed }),
    ...(unread.length === 0 ? {} : { unread }),
    takenAt: toIso(main?.takenAt ?? now),
    complete: isComplete(findings, unread),
    calls: snapshots.reduce((sum, { calls }) => sum + calls, 0),
    summary: summarize(findings, results, options),
    admins: accounts.flatMap(({ admins }) =>
      admins.map((admin) => ({ ...addUsers(toldVerdict(admin)), account: admin.account })),
    ),
    findings: findings.toSorted(byImportance),
    records: results.flatMap(({ records }) => records),
    ...changesOf(accounts),
    ...(config.docsUrl === undefined ? {} : { docsUrl: config.docsUrl }),
    notices,
  };
}

/** The active accounts whose principals were not analyzed, if there are any. */
function notAnalyzed(analyzed: readonly AnalyzedAccount[], known: CrossAccountContext): Pick<Report, 'notAnalyzed'> {
  const ids = known.notAnalyzed ?? [
    ...known.coverage.flatMap(({ id, isScanned }) => (isScanned ? [] : id)),
    ...analyzed.flatMap(({ snapshot, access }) => (access.status === 'unavailable' ? snapshot.accountId : [])),
  ];
  return ids.length === 0 ? {} : { notAnalyzed: ids };
}

function crossAccountContext(
  snapshots: readonly Snapshot[],
  { managementAccountId, organizationAccounts, failures }: ScanOptions,
): CrossAccountContext {
  const scanned = new Set(snapshots.map(({ accountId }) => accountId));
  const known = snapshots.map(summaryFactsOf);
  return {
    own: ownAccounts(known, organizationAccounts),
    partlyAnalyzed: partlyReadAccounts(known),
    reportingAccount: reportingAccountOf(scanned, managementAccountId),
    coverage: accountCoverage(scanned, organizationAccounts, failures),
  };
}

/** The account on which organization findings are reported: the management account or, if that was not scanned, the first account. */
export const reportingAccountOf = (scanned: ReadonlySet<string>, managementAccountId: string | undefined): string | undefined =>
  managementAccountId !== undefined && scanned.has(managementAccountId) ? managementAccountId : [...scanned][0];

const earlierNight = (
  { baseline = [], baselineOrganization, baselineOthers }: ScanOptions,
  regions: readonly string[],
): Night => ({
  snapshots: baseline,
  organization: withUnlistedIdentityCenter(baselineOrganization, regions),
  reach: baselineOthers?.reach,
  ...(baselineOthers ? { analyzed: baselineOthers.analyzed } : {}),
});

interface AccountScan {
  readonly snapshot: Snapshot;
  readonly drift: Drift | undefined;
  readonly results: readonly CheckResult[];
  readonly unread: readonly UnreadData[];
  readonly admins: readonly (VerdictWithReach & { readonly account: string })[];
}

interface AccountOptions extends Omit<ScanOptions, 'organization'> {
  readonly organization: OrganizationSnapshot | undefined;
  readonly environmentOf: EnvironmentOf;
  readonly isAmong: IsAmong;
}

/** What a check of one account can see of the others. Only the reporting account sees the whole organization. */
interface OrganizationView {
  readonly drift: Drift | undefined;
  readonly organization?: OrganizationSnapshot | undefined;
  readonly listed: readonly AccountCoverage[];
  /** Whether it is known which account that is. */
  readonly isReporterKnown: boolean;
}

function scanAccount(
  { snapshot, account, access, crossAccountReach, centralPowers }: AnalyzedAccount,
  own: OwnAccounts,
  { drift, organization, listed, isReporterKnown }: OrganizationView,
  options: AccountOptions,
): AccountScan {
  const { accountId } = snapshot;
  const previous = options.baseline?.find((earlier) => earlier.accountId === accountId);
  const derived = {
    access,
    crossAccountReach,
    centralPowers,
    certificateTrust: collected(snapshot.facts.rolesAnywhere),
    wholeOrganization: collected(organization),
    listedAccounts: organization?.Accounts.status === 'unavailable' ? organization.Accounts : collected(listed),
    previous: collected(previous),
    drift: collected(drift),
  };
  const { facts } = snapshot;
  const hasPrevious = previous !== undefined;
  const unreadData = unreadIn({ facts, organization: options.organization, isReporterKnown, hasPrevious });
  const data = { accountId, facts, organization, known: { ...facts, ...derived }, unread: unreadData };
  const { results, unread } = evaluateAccount(options.checks, data, (check) =>
    contextOf(check, { snapshot, account }, own, options),
  );
  const verdicts = access.status === 'collected' ? [...access.value.values()] : [];
  const reaches = ifCollected(crossAccountReach);
  const admins = verdicts
    .map((principal) => ({ ...withReach(principal, accountId, reaches), account: accountId }))
    .filter(isAdminSomewhere);
  return { snapshot, drift, results, unread, admins };
}

function contextOf(
  { id, params }: Check,
  { snapshot: { accountId, partition }, account }: Pick<AnalyzedAccount, 'snapshot' | 'account'>,
  own: OwnAccounts,
  { config, now, environmentOf, isAmong }: AccountOptions,
): CheckContext {
  return {
    now,
    accountId,
    partition,
    own,
    environmentOf,
    ...{ assertions: config.assertions, isAmong },
    account: () => valueOf(account),
    isBreakGlass: breakGlassIn(config),
    params: { ...params, ...config.checks.get(id)?.params },
  };
}

function valueOf<T>(observed: Observed<T>): T {
  if (observed.status === 'unavailable') throw new Error(observed.reason);
  return observed.value;
}

/** Whether everything that the scan should have read was read, and could be evaluated. */
const isComplete = (findings: readonly Finding[], unread: readonly UnreadData[]): boolean =>
  findings.every(({ status }) => status !== 'UNKNOWN') && !unread.some(({ isWanted }) => isWanted);
