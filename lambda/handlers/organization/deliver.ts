import packageJson from '../../../package.json' with { type: 'json' };
import { connect } from '../../scanner/collect/aws.ts';
import { errorCode, reasonOf } from '../../scanner/collect/failure.ts';
import { openSecurityHub } from '../../scanner/deliver/aws-security-hub.ts';
import type { SecurityHub } from '../../scanner/deliver/hub.ts';
import { runOf } from '../../scanner/deliver/organization-store.ts';
import { accountCoverage } from '../../scanner/evaluate/coverage.ts';
import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import { parseSnapshot } from '../../scanner/facts/snapshot.ts';
import { membersOf } from '../../scanner/organization/planned-accounts.ts';
import { readReach } from '../../scanner/organization/saved-reach.ts';
import { securityHubActions } from '../../scanner/permissions.ts';
import { type Among, scan } from '../../scanner/scan.ts';
import { finishScan } from '../finish-scan.ts';
import { type StateContext, accountSchema, actIn, stateHandler } from './state.ts';

/** Evaluates one scanned account together with the others, stores the report, and delivers the findings. */
export const handler = stateHandler('deliver', accountSchema, async ({ account, run }, context) => {
  const { kept, store, checks, config, settings, home, invocation } = context;
  const organization = parseOrganization(await kept.organization.get());
  const members = membersOf(organization);
  const snapshot = parseSnapshot(await kept.snapshotOf(account).get());
  const ofAccount = runOf(account, run);
  const among = await amongOthers(account, members, context);
  const { startedAt: now } = ofAccount;
  const report = scan([snapshot], { ...members, ...{ checks, config, now, version: packageJson.version, organization, among } });
  const { hub, problems } = await hubFor(account, context);
  const result = await finishScan(
    { now: () => Date.now(), remaining: invocation.getRemainingTimeInMillis, store, hub },
    {
      ...{ run: ofAccount, snapshot, report, checks, problems, kept: { report } },
      ...(settings.deliver === 'central' ? { hubAccount: home } : {}),
    },
  );
  await kept.outcomes.put(account, result);
  return { account, complete: result.complete };
});

/** What is known of the other accounts, which are evaluated separately. */
async function amongOthers(account: string, members: ReturnType<typeof membersOf>, { kept }: StateContext): Promise<Among> {
  const { speaker, scanned, failures, own } = await kept.joined.get();
  const { organizationAccounts } = members;
  return {
    speaker,
    own: { ...own, ids: new Set([...scanned, ...(organizationAccounts ?? []).map(({ id }) => id)]), complete: true },
    coverage: accountCoverage(new Set(scanned), organizationAccounts, new Map(Object.entries(failures))),
    reach: readReach(await kept.reach.get(account)),
  };
}

/** The hub for the findings of the account, or why there is none if its role can no longer be assumed. */
async function hubFor(
  account: string,
  { settings }: StateContext,
): Promise<{ readonly hub: SecurityHub | undefined; readonly problems: readonly string[] }> {
  const { deliver, findingsRegion: region } = settings;
  if (deliver === 'none') return { hub: undefined, problems: [] };
  if (deliver === 'central') return { hub: openSecurityHub({ region }), problems: [] };
  try {
    const { credentials } = (await actIn(await connect(), account, settings, securityHubActions)).settingsIn();
    return { hub: openSecurityHub({ region, credentials }), problems: [] };
  } catch (error) {
    if (errorCode(error) !== 'AccessDenied') throw error;
    return { hub: undefined, problems: [`no findings were delivered: ${reasonOf(error)}`] };
  }
}
