import pLimit from 'p-limit';
import { isDeepStrictEqual } from 'node:util';
import type { AccountScanResult, DeliveredPart, OrganizationRun, RunPart } from '../../scanner/deliver/organization-store.ts';
import type { SavedReach } from '../../scanner/organization/saved-reach.ts';
import type { ScanResult } from '../finish-scan.ts';
import type { OrganizationPorts } from './ports.ts';

type Kept = OrganizationPorts['kept'];

/** Which of its results of an account an earlier run has. */
type Kind = 'read' | 'evaluated';

const AT_A_TIME = 16;

/** The runs that have these results of these accounts, each with its share of them. */
function sharesOf(kept: Kept, { earlier }: RunPart, kind: Kind, wanted: (account: string) => boolean) {
  return earlier
    .map((run) => ({ kept: kept.of(run), accounts: new Set(run[kind].filter(wanted)) }))
    .filter(({ accounts }) => accounts.size > 0);
}

/** The latest scan of each account: of this run if it reads the account, or else of the run that read it last. */
export async function latestScans(kept: Kept, part: RunPart | undefined): Promise<ReadonlyMap<string, AccountScanResult>> {
  const own = await kept.accounts.all();
  if (part === undefined) return own;
  const isRead = new Set(part.accounts);
  const shares = sharesOf(kept, part, 'read', (account) => !isRead.has(account));
  const others = await Promise.all(shares.map((share) => share.kept.accounts.all(share.accounts)));
  return new Map([...others.flatMap((results) => [...results]), ...own]);
}

/** What is known after the edges of all accounts are joined. */
interface Joined {
  readonly scanned: readonly string[];
  readonly reportingAccount: string;
  readonly reachOf: (account: string) => SavedReach;
}

/**
 * What a run delivers that reads only some accounts: these; the account that reports for the organization; and the accounts to which it
 * matters, because the access of their principals to other accounts is another one than it was, or because they were not evaluated since
 * they were read.
 */
export async function deliveredPart(
  kept: Kept,
  part: RunPart,
  { scanned, reportingAccount, reachOf }: Joined,
): Promise<DeliveredPart> {
  const { accounts, earlier } = part;
  const isRead = new Set(accounts);
  const [readBy, evaluatedBy] = [runsBy(earlier, 'read'), runsBy(earlier, 'evaluated')];
  const isUpToDate = async (account: string): Promise<boolean> => {
    const [read, evaluated] = [readBy.get(account), evaluatedBy.get(account)];
    if (!read || !evaluated || Date.parse(evaluated.startedAt) < Date.parse(read.startedAt)) return false;
    // What is stored is JSON.
    const reach: unknown = JSON.parse(JSON.stringify(reachOf(account)));
    return isDeepStrictEqual(await kept.of(evaluated).reach.get(account), reach);
  };
  const limit = pLimit(AT_A_TIME);
  const isDelivered = await Promise.all(
    scanned.map((account) =>
      limit(async () => isRead.has(account) || account === reportingAccount || !(await isUpToDate(account))),
    ),
  );
  const deliveries = scanned.filter((_, index) => isDelivered[index]);
  const others = deliveries.filter((account) => !isRead.has(account));
  const runs = others.flatMap((account) => {
    const run = readBy.get(account);
    return run === undefined ? [] : [[account, run] as const];
  });
  return { accounts, deliveries, readBy: Object.fromEntries(runs) };
}

const runsBy = (earlier: RunPart['earlier'], kind: Kind): ReadonlyMap<string, OrganizationRun> =>
  new Map(
    earlier.flatMap(({ id, startedAt, ...results }) => results[kind].map((account) => [account, { id, startedAt }] as const)),
  );

/** The runs with the latest outcomes of all accounts that were scanned: this run, and the earlier ones with their share. */
export function latestEvaluations(
  kept: Kept,
  part: RunPart | undefined,
  { scanned, part: delivered }: { readonly scanned: readonly string[]; readonly part?: DeliveredPart },
): readonly { readonly kept: Kept; readonly accounts?: ReadonlySet<string> }[] {
  if (part === undefined || delivered === undefined) return [{ kept }];
  const isOwn = new Set(delivered.deliveries);
  const isScanned = new Set(scanned);
  return [{ kept }, ...sharesOf(kept, part, 'evaluated', (account) => isScanned.has(account) && !isOwn.has(account))];
}

/** The latest outcome of each account. */
export async function latestOutcomes(
  evaluations: ReturnType<typeof latestEvaluations>,
): Promise<ReadonlyMap<string, ScanResult>> {
  const outcomes = await Promise.all(evaluations.map(({ kept, accounts }) => kept.outcomes.all(accounts)));
  return new Map(outcomes.flatMap((of) => [...of]));
}
