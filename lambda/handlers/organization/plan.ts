import { connect } from '../../scanner/collect/aws.ts';
import { collectOrganization } from '../../scanner/collect/organization/collect-organization.ts';
import { managementAccountOf } from '../../scanner/collect/organization/organizations.ts';
import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import { plannedAccounts } from '../../scanner/organization/planned-accounts.ts';
import { organizationActions } from '../../scanner/permissions.ts';
import { actIn, runSchema, stateHandler } from './state.ts';

/** The first state: collects the organization once, from its management account, and lists the accounts to scan. */
export const handler = stateHandler('plan', runSchema, async ({ run }, { settings, kept }) => {
  const aws = await connect();
  const management = await actIn(aws, await managementAccountOf(aws), settings, organizationActions);
  const file = await collectOrganization(management, Date.parse(run.startedAt));
  const planned = plannedAccounts(parseOrganization(file)).map(({ id }) => id);
  await kept.organization.put(file);
  const scans = await kept.putItems('scans', planned);
  return { run, planned: planned.length, scans };
});
