import { connect } from '../../lambda/scanner/collect/aws.ts';
import { collectCredentialReport } from '../../lambda/scanner/collect/credential-report.ts';
import { parseFact } from '../../lambda/scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { REPORT, smallAccount } from '../support/aws/small-account.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import { NOW } from '../support/builders.ts';
import { busyAccount } from './busy-account.ts';
import { collectFrom, judge } from './live.ts';

/** Collects the report, with a clock that runs as fast as it is asked to; how long it waited, and what it asked. */
async function collectReport(quirks: Quirks, served: SnapshotFile = smallAccount) {
  const aws = await startLoopbackAws(served, quirks);
  const waits: number[] = [];
  const wait = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
  try {
    const answer = await withEnvironment(environmentFor(aws.endpoint), async () =>
      collectCredentialReport(await connect(), wait).catch(String),
    );
    return { answer, waits, actions: aws.calls.slice(1).map(({ action }) => action) };
  } finally {
    await aws.stop();
  }
}

const [generate, get] = ['GenerateCredentialReport', 'GetCredentialReport'];
const there = { Content: REPORT, GeneratedTime: '2026-11-20T01:00:00.000Z' };

describe('the report', () => {
  const cases: Readonly<Record<string, { quirks: Quirks; waits: readonly number[]; actions: readonly string[] }>> = {
    'that is there is not waited for': { quirks: {}, waits: [], actions: [generate, get] },
    'that is absent is made': {
      quirks: { credentialReport: { before: 'absent' } },
      waits: [500],
      actions: [generate, generate, get],
    },
    'that has expired is made anew': {
      quirks: { credentialReport: { before: 'expired' } },
      waits: [500],
      actions: [generate, generate, get],
    },
    'that takes its time is waited for, longer each time': {
      quirks: { credentialReport: { inProgressPolls: 4 } },
      waits: [500, 1000, 2000, 4000, 8000],
      actions: [generate, generate, generate, generate, generate, generate, get],
    },
  };

  test.each(Object.entries(cases))('%s', async (_name, { quirks, waits, actions }) => {
    expect(await collectReport(quirks)).toEqual({ answer: there, waits, actions });
  });

  test('that is never ready fails after a minute', async () => {
    const { answer, waits, actions } = await collectReport({ credentialReport: { inProgressPolls: Infinity } });
    expect(answer).toBe('Error: the credential report was not ready after 63.5 seconds. Scan again later');
    expect(waits.reduce((sum, wait) => sum + wait)).toBe(63_500);
    expect(actions).not.toContain(get);
  });

  test('that AWS does not make anew for now is the last one, without a retry: the limit ends hours later', async () => {
    const { answer, waits, actions } = await collectReport({ credentialReport: { before: 'ready', limited: true } });
    expect([answer, waits, actions]).toEqual([there, [], [generate, get]]);
  });

  test('that AWS does not make anew and that has expired is unavailable at once', async () => {
    const { answer, waits, actions } = await collectReport({ credentialReport: { before: 'expired', limited: true } });
    expect(answer).toMatch(/^CredentialReportExpired/);
    expect([waits, actions]).toEqual([[], [generate, get]]);
  });

  test('that must not be generated is not read, although an old one may exist', async () => {
    const { answer, actions } = await collectReport({ deny: ['iam:GenerateCredentialReport'] });
    expect(answer).toMatch(/^AccessDenied: .*iam:GenerateCredentialReport/);
    expect(actions).toEqual([generate]);
  });
});

describe('where AWS answers as it seldom does', () => {
  const iam = (answers: readonly (object | Error)[]) => {
    const left = [...answers];
    const send = () => {
      const next = left.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    };
    // Two answers of a client are all that is asked of it.
    return { iam: { send } } as unknown as Parameters<typeof collectCredentialReport>[0];
  };
  const limit = Object.assign(new Error('too many reports'), { name: 'LimitExceededException' });

  test('the last report is taken while AWS makes no more of them', async () => {
    expect(await collectCredentialReport(iam([limit, { Content: Buffer.from('user,'), GeneratedTime: new Date(NOW) }]))).toEqual({
      Content: 'user,',
      GeneratedTime: '2026-11-20T03:00:00.000Z',
    });
  });

  test('a report without its time has none', async () => {
    expect(await collectCredentialReport(iam([{ State: 'COMPLETE' }, { Content: Buffer.from('user,') }]))).toEqual({
      Content: 'user,',
    });
  });

  test('an answer without a report is a failure', async () => {
    await expect(collectCredentialReport(iam([{ State: 'COMPLETE' }, {}]))).rejects.toThrow('returned no credential report');
  });
});

test('a report that is days old is reported as such, and evaluated at its own time', async () => {
  const credentialReportGeneratedAt = new Date(NOW - 3 * DAY).toISOString();
  const { snapshot } = await collectFrom(await busyAccount(), { credentialReportGeneratedAt });
  const stale = judge(snapshot).findings.filter(({ checkId }) => checkId === 'credential-report-stale');
  expect(stale.map(({ status, evidence }) => [status, evidence['ageHours']])).toEqual([['FAILED', 72]]);
});

test('a text that is not a report is unavailable, and so are the checks that need it', async () => {
  const account = await busyAccount();
  const facts = { ...account.facts, credentialReport: collected({ Content: 'user,\nno report' }) };
  const { snapshot } = await collectFrom({ ...account, facts });
  expect(snapshot.facts.credentialReport).toMatchObject({ status: 'unavailable' });
  const report = judge(snapshot);
  expect(report.findings.filter(({ checkId }) => checkId === 'console-user-without-mfa')).toMatchObject([{ status: 'UNKNOWN' }]);
  expect(parseFact('credentialReport', facts.credentialReport)).toEqual(snapshot.facts.credentialReport);
});
