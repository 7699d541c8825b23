import { analyse } from '../../scanner/access/analyse.ts';
import { connect } from '../../scanner/collect/aws.ts';
import { collect } from '../../scanner/collect/collect.ts';
import { errorCode, unseen } from '../../scanner/collect/failure.ts';
import { wordOf } from '../../scanner/evaluate/own-accounts.ts';
import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import { edgesOfAccount } from '../../scanner/organization/analyse-accounts.ts';
import { actionsFor, factsFor } from '../../scanner/permissions.ts';
import { timeLeft } from '../finish-scan.ts';
import { type StateContext, accountSchema, actIn, stateHandler } from './state.ts';

// Time to find out who is admin, and to store the data.
const MILLISECONDS_AFTER_COLLECTING = 120_000;

/** Scans one account: stores its data and its connections to other accounts, or why it could not be scanned. */
export const handler = stateHandler('scan-member', accountSchema, async ({ account }, context) => {
  const { kept } = context;
  try {
    await scanMember(account, context);
    return { account, scanned: true };
  } catch (error) {
    await kept.accounts.put(account, { scanned: false, reason: unseen(error, 'the scan').reason });
    // A denial does not go away with a retry. Any other error may.
    if (errorCode(error) !== 'AccessDenied') throw error;
    return { account, scanned: false };
  }
});

async function scanMember(account: string, { settings, checks, run, kept, invocation }: StateContext): Promise<void> {
  const until = timeLeft({ remaining: invocation.getRemainingTimeInMillis }, MILLISECONDS_AFTER_COLLECTING);
  const aws = await actIn(await connect({ until }), account, settings, actionsFor(checks));
  const { file, snapshot } = await collect(aws, { facts: factsFor(checks), now: Date.parse(run.startedAt), analyse });
  const edges = edgesOfAccount(snapshot, parseOrganization(await kept.organization.get()));
  await kept.snapshotOf(account).put(file);
  await kept.accounts.put(account, {
    ...{ scanned: true, word: wordOf(snapshot) },
    ...(edges.status === 'collected' ? { edges: edges.value } : {}),
  });
}
