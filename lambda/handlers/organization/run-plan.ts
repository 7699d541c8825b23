import type { Instant } from '../../scanner/model/instant.ts';
import type { EarlierRun } from '../../scanner/deliver/organization-store.ts';
import type { Store } from '../../scanner/deliver/store.ts';
import { type OrganizationFile, parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import { plannedAccounts } from '../../scanner/organization/planned-accounts.ts';
import { readLastOrganization } from './last-organization.ts';
import type { OrganizationPorts, RunEvent } from './ports.ts';

/** The ports of the first state. */
export interface PlanPorts extends OrganizationPorts {
  readonly store: Pick<Store, 'find'>;
  /** Collects the organization from its management account. */
  readonly collectOrganization: (now: Instant) => Promise<OrganizationFile>;
  /** Tells which of the accounts that the run was asked to read are no active accounts of the organization. */
  readonly warn: (unknown: readonly string[]) => void;
}

/** The input of the first state. */
export interface PlanEvent extends RunEvent {
  /** The accounts that the run was asked to read; undefined: all. */
  readonly accounts?: readonly string[] | undefined;
}

/** The output of the first state. */
export interface Plan extends RunEvent {
  readonly planned: number;
  /** The key of the list of accounts to scan. */
  readonly scans: string;
}

/**
 * Collects the organization once, and lists the accounts to scan: all, or those that the run was asked to read, and those of which no
 * earlier run has a result.
 */
export async function runPlan(ports: PlanPorts, { run, accounts: asked }: PlanEvent): Promise<Plan> {
  const { kept } = ports;
  const file = await ports.collectOrganization(Date.parse(run.startedAt));
  const planned = plannedAccounts(parseOrganization(file)).map(({ id }) => id);
  await kept.organization.put(file);
  const earlier = asked === undefined ? [] : await earlierRuns(ports);
  const accounts = asked === undefined ? [] : toRead(ports, planned, asked, earlier);
  const isPart = earlier.length > 0 && accounts.length > 0;
  if (isPart) await kept.part.put({ accounts, earlier });
  const scans = await kept.putItems('scans', isPart ? accounts : planned);
  return { run, planned: planned.length, scans };
}

/** The runs with results of the accounts. Without them, as before the first night, all accounts are read. */
async function earlierRuns({ store }: PlanPorts): Promise<readonly EarlierRun[]> {
  const last = await readLastOrganization(store);
  return last === undefined || last === 'corrupt' ? [] : last.runs;
}

/** If none of the accounts is one of the organization, it is not known what changed, and all are read. */
function toRead(
  { warn }: PlanPorts,
  planned: readonly string[],
  asked: readonly string[],
  earlier: readonly EarlierRun[],
): readonly string[] {
  const unknown = asked.filter((account) => !planned.includes(account));
  if (unknown.length > 0) warn(unknown);
  if (unknown.length === asked.length) return [];
  const wasRead = new Set(earlier.flatMap(({ read }) => read));
  return planned.filter((account) => asked.includes(account) || !wasRead.has(account));
}
