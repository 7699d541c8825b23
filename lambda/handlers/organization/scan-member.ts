import { analyze } from '../../scanner/escalation/analyze.ts';
import { connect } from '../../scanner/collect/aws.ts';
import { collect } from '../../scanner/collect/collect.ts';
import { actionsFor } from '../../scanner/permissions.ts';
import { runScanMember } from './run-scan-member.ts';
import { accountSchema, actIn, stateHandler } from './state.ts';

/** Scans one account with the role in it. */
export const handler = stateHandler('scan-member', accountSchema, (event, { settings, checks, kept, remaining }) =>
  runScanMember(
    {
      ...{ kept, remaining },
      collect: async (account, { until, ...wanted }) => {
        const aws = await actIn(await connect({ until }), account, settings, actionsFor(checks));
        return collect(aws, { ...wanted, analyze });
      },
    },
    event,
    { checks },
  ),
);
