import { connect } from '../../scanner/collect/aws.ts';
import { collectOrganization } from '../../scanner/collect/organization/collect-organization.ts';
import { managementAccountOf } from '../../scanner/collect/organization/organizations.ts';
import { organizationActions } from '../../scanner/permissions.ts';
import { timeLeft } from '../finish-scan.ts';
import { runPlan } from './run-plan.ts';
import { actIn, planSchema, stateHandler } from './state.ts';

// Time to store the organization.
const MILLISECONDS_AFTER_COLLECTING = 60_000;

/** The first state: lists the accounts to scan. */
export const handler = stateHandler('plan', planSchema, (event, { settings, kept, store, remaining, telemetry }) =>
  runPlan(
    {
      ...{ kept, store, warn: telemetry.notOfOrganization },
      collectOrganization: async (now) => {
        const aws = await connect({ until: timeLeft({ remaining }, MILLISECONDS_AFTER_COLLECTING) });
        return collectOrganization(await actIn(aws, await managementAccountOf(aws), settings, organizationActions), now);
      },
    },
    event,
  ),
);
