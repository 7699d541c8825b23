import { runCorrelate } from '../../lambda/handlers/organization/run-correlate.ts';
import { runDeliver } from '../../lambda/handlers/organization/run-deliver.ts';
import { runPlan } from '../../lambda/handlers/organization/run-plan.ts';
import { runSummarize } from '../../lambda/handlers/organization/run-summarize.ts';
import type { OrganizationReport } from '../../lambda/handlers/organization/organization-report.ts';
import type { ScanResult } from '../../lambda/handlers/finish-scan.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { defaultConfig as config } from '../../lambda/scanner/config.ts';
import { openOrganizationStore } from '../../lambda/scanner/deliver/organization-store.ts';
import { summaryFactsOf } from '../../lambda/scanner/evaluate/own-accounts.ts';
import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { folderStore } from '../folder-store.ts';
import { organizationEdges } from '../organization/edges.ts';
import { landingZoneAccount, landingZoneIds, landingZoneOrganization } from '../organization/landing-zone.ts';

/**
 * One state of the run of a night over a made-up organization of so many accounts, whose bucket is a folder. Beside the states, `scan`
 * stores what the scans of all accounts would, and `others` what all deliveries would: those of one account, under the number of each.
 */
const [folder = '', night = '1', accounts = '0', step = ''] = process.argv.slice(2);
const run = { id: `night-${night}`, startedAt: `2026-11-2${night}T03:00:00.000Z` };
const store = folderStore(folder);
const kept = openOrganizationStore<ScanResult, OrganizationReport>(store, run);
const consoleAddress = (key: string) => key;

/** The account that deploys to all others. */
const [, account = ''] = landingZoneIds(2);

/** What is stored of one account, under the number of each. */
async function forAll<T>(stored: {
  readonly get: (id: string) => Promise<T>;
  readonly put: (id: string, value: T) => Promise<void>;
}) {
  const text = JSON.stringify(await stored.get(account));
  for (const id of landingZoneIds(Number(accounts))) await stored.put(id, JSON.parse(text.replaceAll(account, id)) as T);
}

const steps: Readonly<Record<string, () => Promise<unknown>>> = {
  plan: () =>
    runPlan(
      {
        ...{ kept, store, warn: () => undefined },
        collectOrganization: () => Promise.resolve(landingZoneOrganization(Number(accounts))),
      },
      { run },
    ),
  scan: async () => {
    for (const edges of organizationEdges(Number(accounts))) {
      const summaryFacts = summaryFactsOf(parseSnapshot(landingZoneAccount(edges.account)));
      await kept.accounts.put(edges.account, { scanned: true, summaryFacts, edges });
    }
    await kept.snapshotOf(account).put(landingZoneAccount(account));
  },
  correlate: () => runCorrelate({ kept }, { run }),
  deliver: () =>
    runDeliver(
      { kept, store, consoleAddress, now: Date.now, remaining: () => 900_000, openHub: () => Promise.resolve(undefined) },
      { account, run },
      { checks, config, version: '0.0.0' },
    ),
  others: async () => {
    await forAll(kept.outcomes);
    await forAll(kept.found);
    await forAll(kept.shown);
  },
  summarize: () =>
    runSummarize(
      { kept, store, consoleAddress, publish: undefined, telemetry: { organization: () => undefined }, hubRegion: undefined },
      { run },
    ),
};
await steps[step]?.();
