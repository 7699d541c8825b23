import { SCAN_FINISHED } from '../../lambda/handlers/contract.ts';
import type { OrganizationReport } from '../../lambda/handlers/organization/organization-report.ts';
import type { NightResult } from '../../lambda/handlers/run-scan.ts';
import { openTelemetry } from '../../lambda/handlers/telemetry.ts';
import { digestOf } from '../../lambda/scanner/report/digest/digest.ts';
import { verdictCounts } from '../../lambda/scanner/report/verdict-counts.ts';
import { aVerdict } from '../report/report-builder.ts';
import { silently } from './silently.ts';

const printed = silently();

const account = '111122223333';
const startedAt = '2026-11-20T03:00:00Z';
const failed = { INFORMATIONAL: 0, LOW: 0, MEDIUM: 1, HIGH: 2, CRITICAL: 3 };
const digest = digestOf({ account, scope: `account ${account}`, startedAt, hubRegion: undefined, page: '' }, []);
const result = (...verdicts: readonly ('admin' | 'conditional')[]): NightResult => ({
  ...{ account, headline: 'complete', complete: true, problems: [], unknown: [], notices: [], calls: 1, milliseconds: 1, digest },
  ...{ summary: { failed, unknown: 0, suppressed: 0, passed: 1, checks: 1 }, delivery: undefined },
  admins: verdictCounts(verdicts.map((verdict, index) => aVerdict(`user-${index}`, { verdict }))),
});
const lastLine = (): unknown => {
  const line = printed.flatMap((text) => text.split('\n')).find((text) => text.includes(SCAN_FINISHED));
  return line === undefined ? undefined : JSON.parse(line);
};

const organization = (more: Partial<OrganizationReport> = {}): OrganizationReport => ({
  ...{ schemaVersion: 1, run: { id: 'run-1', startedAt }, headline: 'complete', complete: true, failed },
  ...{ unknown: 0, suppressed: 0, problems: [], digest, planned: 2, scanned: 2, notScanned: [], undelivered: [], farthest: [] },
  accounts: [result('admin'), result('admin', 'conditional')],
  ...more,
});
const other = { account: '444455556666', reason: 'access was denied' };

/** The metrics of the run, in which CloudWatch counts each key of the line. */
const metrics = () => {
  const line = printed.flatMap((text) => text.split('\n')).find((text) => text.includes('CloudWatchMetrics'));
  return JSON.parse(line ?? '{}') as Readonly<Record<string, unknown>>;
};

describe('a run that read only some accounts', () => {
  test('is no run of a night, and counts nothing that the nightly run could not read', () => {
    const missing = { complete: false, notScanned: [other], undelivered: [other] };
    openTelemetry('vigil', 'run-1').organization(organization({ ...missing, readAgain: [account] }));
    expect(metrics()).toMatchObject({ IncompleteRuns: 0, AccountsNotScanned: 0, FailedFindings: 6 });
    expect(metrics()).not.toHaveProperty('Runs');
  });

  test.each<[string, Partial<OrganizationReport>, number]>([
    ['not read', { notScanned: [other] }, 1],
    ['not delivered', { undelivered: [other] }, 0],
    ['not told', { problems: ['the message could not be sent'] }, 0],
  ])('counts what it could not do itself: %s', (_name, missing, notScanned) => {
    openTelemetry('vigil', 'run-1').organization(organization({ ...missing, complete: false, readAgain: [other.account] }));
    expect(metrics()).toMatchObject({ IncompleteRuns: 1, AccountsNotScanned: notScanned });
  });
});

describe('the last line of a run has what the dashboard shows', () => {
  test('for one account', () => {
    openTelemetry('vigil', 'run-1').result(result('admin', 'conditional', 'conditional'));
    expect(lastLine()).toMatchObject({
      message: SCAN_FINISHED,
      complete: true,
      headline: 'complete',
      failed,
      admins: { admin: 1, conditional: 2 },
    });
  });

  test('for an organization: the sum of its accounts, and not each of them', () => {
    openTelemetry('vigil', 'run-1').organization(organization());
    expect(lastLine()).toMatchObject({ message: SCAN_FINISHED, complete: true, failed, admins: { admin: 2, conditional: 1 } });
    expect(lastLine()).not.toHaveProperty('accounts');
  });
});
