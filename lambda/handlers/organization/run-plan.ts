import type { Instant } from '../../scanner/model/instant.ts';
import { type OrganizationFile, parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import { plannedAccounts } from '../../scanner/organization/planned-accounts.ts';
import type { OrganizationPorts, RunEvent } from './ports.ts';

/** The ports of the first state. */
export interface PlanPorts extends OrganizationPorts {
  /** Collects the organization from its management account. */
  readonly collectOrganization: (now: Instant) => Promise<OrganizationFile>;
}

/** The output of the first state. */
export interface Plan extends RunEvent {
  readonly planned: number;
  /** The key of the list of accounts to scan. */
  readonly scans: string;
}

/** Collects the organization once, and lists the accounts to scan. */
export async function runPlan({ kept, collectOrganization }: PlanPorts, { run }: RunEvent): Promise<Plan> {
  const file = await collectOrganization(Date.parse(run.startedAt));
  const planned = plannedAccounts(parseOrganization(file)).map(({ id }) => id);
  await kept.organization.put(file);
  const scans = await kept.putItems('scans', planned);
  return { run, planned: planned.length, scans };
}
