import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { parseConfig } from '../../lambda/scanner/config.ts';
import { deliverToSecurityHub } from '../../lambda/scanner/deliver/security-hub.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { rawFactNames } from '../../lambda/scanner/facts/index.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { factsFor } from '../../lambda/scanner/permissions.ts';
import { resourceIndex } from '../../lambda/scanner/report/asff/resources.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { LoopbackSecurityHub } from '../support/aws/services/security-hub.ts';
import { NOW } from '../support/builders.ts';
import { REGION, defaults, directly } from './support.ts';

const acme = path.join(__dirname, '../../examples/acme');
const config = parseConfig(readFileSync(path.join(acme, 'iam-vigil.yaml'), 'utf8'), checks);
const noFindings = { imported: 0, archived: 0, refreshed: 0, suppressed: 0, returned: 0, failed: [] };

const reports = new Map<string, Report>();

/** What a scan of the accounts at a time reports; made once for each, since nothing but its input decides it. */
function reportOf(accounts: readonly Snapshot[], now: number, ran: typeof checks): Report {
  const seen = accounts.map((item) => ({ ...item, takenAt: now }));
  const unseen = seen.flatMap(({ facts }) => rawFactNames.filter((name) => facts[name].status === 'unavailable'));
  const key = [...seen.map(({ accountId }) => accountId), ...unseen, now, ran.length].join(' ');
  const report = reports.get(key) ?? scan(seen, { checks: ran, config, now, version: '0.0.0' });
  reports.set(key, report);
  return report;
}

/** Scans the accounts at a time, and delivers one of them. */
function nightly(accounts: readonly Snapshot[], snapshot: Snapshot, hub: LoopbackSecurityHub) {
  const { partition, accountId: account, facts } = snapshot;
  return (now: number, ran = checks) => {
    const report = reportOf(accounts, now, ran);
    const delivery = { ...defaults, account, partition, checks: ran, resources: resourceIndex(facts), now };
    return deliverToSecurityHub(directly(hub), report, delivery);
  };
}

describe('every check over the sample Organization', () => {
  test('delivers each account, and then writes nothing if only time has passed', async () => {
    const { accounts } = await readSnapshots(acme);
    expect(accounts.length).toBeGreaterThan(1);
    for (const snapshot of accounts) {
      const hub = new LoopbackSecurityHub(snapshot.accountId, REGION);
      const deliver = nightly(accounts, snapshot, hub);
      const first = await deliver(NOW);
      expect(first).toMatchObject({ ...noFindings, imported: hub.findings.size, suppressed: expect.any(Number) as number });
      // Three hours later every age is higher, but no threshold is reached.
      expect(await deliver(NOW + DAY / 8)).toMatchObject({ ...noFindings, unchanged: hub.findings.size });
      expect(await deliver(NOW + 7 * DAY, [])).toMatchObject(noFindings);
    }
  });

  const seenByAll = rawFactNames.filter((name) => factsFor(checks).includes(name));

  test.each(seenByAll)('closes and loses nothing on a night without %s', async (name) => {
    // The data of IAM Roles Anywhere is collected, and missed, only if a role trusts the service.
    const { accounts } = await readSnapshots(path.join(acme, name === 'rolesAnywhere' ? 'acquired' : 'production'));
    const [snapshot] = accounts;
    if (!snapshot) throw new Error('the sample has changed');
    const reason = name === 'credentialReport' ? 'the credential report was not ready after 63 seconds' : 'access was denied';
    const blind = { ...snapshot, facts: { ...snapshot.facts, [name]: unavailable(reason) } };
    const hub = new LoopbackSecurityHub(snapshot.accountId, REGION);
    await nightly(accounts, snapshot, hub)(NOW);
    const before = new Map(hub.findings);
    const night = await nightly([blind], blind, hub)(NOW + DAY / 8);
    expect(night).toMatchObject({ archived: 0, failed: [] });
    const unknown = [...hub.findings.values()].filter(({ Compliance }) => Compliance?.Status === 'NOT_AVAILABLE');
    expect(unknown.length).toBeGreaterThan(0);
    for (const { Description } of unknown) expect(Description).toContain(reason);
    for (const id of before.keys()) expect(hub.findings.get(id)).toMatchObject({ RecordState: 'ACTIVE' });
    await nightly(accounts, snapshot, hub)(NOW + DAY / 4);
    const open = [...hub.findings.values()].filter(({ RecordState }) => RecordState === 'ACTIVE');
    expect(new Set(open.map(({ Id }) => Id))).toEqual(new Set(before.keys()));
  });

  test('writes on the next day only findings that reached a threshold', async () => {
    const { accounts } = await readSnapshots(acme);
    for (const snapshot of accounts) {
      const hub = new LoopbackSecurityHub(snapshot.accountId, REGION);
      const deliver = nightly(accounts, snapshot, hub);
      await deliver(NOW);
      const before = hub.findings;
      await deliver(NOW + DAY);
      for (const [id, finding] of hub.findings) {
        const earlier = before.get(id);
        if (!earlier || earlier === finding || finding.RecordState === 'ARCHIVED') continue;
        expect([id, finding.FindingProviderFields.Severity.Label, finding.Description.replaceAll(/\d+ days/g, '')]).not.toEqual([
          id,
          earlier.FindingProviderFields.Severity.Label,
          earlier.Description.replaceAll(/\d+ days/g, ''),
        ]);
      }
    }
  });
});
