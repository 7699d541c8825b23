import { checks } from '../../lambda/scanner/checks/index.ts';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { rawFacts } from '../../lambda/scanner/facts/index.ts';
import { actionsFor, factsFor } from '../../lambda/scanner/permissions.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { isFull } from '../support/volume.ts';
import { busyAccount, developmentAccount, developmentFolder } from './busy-account.ts';
import { type Collected, collectFrom, judge, reread, usualFacts } from './live.ts';

const served = busyAccount();
let calm: Collected;
let findings: Report['findings'];

beforeAll(async () => {
  calm = await collectFrom(await served);
  ({ findings } = judge(calm.snapshot));
});

const allActions = [...new Set(usualFacts.flatMap((name) => rawFacts[name].actions))].toSorted();

/** Throttling is mild here: after it the SDK's adaptive retries are slow for seconds. */
const everythingAtOnce: Quirks = {
  seed: 9,
  randomPages: true,
  emptyPages: 0.3,
  cutConnections: 0.1,
  slowness: 2,
  throttling: { rate: 0.02, burst: 2 },
  credentialReport: { before: 'expired', inProgressPolls: 1 },
};

/** What is awkward about AWS, each by itself: tells which it is, where everything at once goes wrong. */
const oneAtATime: Readonly<Record<string, Quirks>> = {
  'pages of random sizes, some of them empty': { seed: 3, randomPages: true, emptyPages: 0.4 },
  'other random pages': { seed: 11, randomPages: true, emptyPages: 0.6 },
  'cut connections': { seed: 5, cutConnections: 0.3 },
  slowness: { slowness: 15 },
  throttling: { seed: 8, throttling: { rate: 0.02, burst: 1 } },
};

const awkward = { 'everything at once': everythingAtOnce, ...(isFull ? oneAtATime : {}) };

test('every action that a scan may need is called, and no other', () => {
  const called = calm.calls.map(({ service, action }) => `${service}:${action}`);
  expect([...new Set(called)].toSorted()).toEqual([...allActions, 'sts:GetCallerIdentity'].toSorted());
});

test('a scan calls nothing that its policy does not allow', async () => {
  const { calls } = await collectFrom(await served, {}, { facts: factsFor(checks) });
  const called = new Set(calls.map(({ service, action }) => `${service}:${action}`));
  called.delete('sts:GetCallerIdentity');
  expect([...called].toSorted()).toEqual(actionsFor(checks));
});

test('every fact is seen, and what is saved gives the same facts and the same report', () => {
  expect(usualFacts.filter((name) => calm.snapshot.facts[name].status !== 'collected')).toEqual([]);
  expect(reread(calm.file)).toEqual(calm.snapshot);
  const report = judge(calm.snapshot);
  expect(judge(reread(calm.file))).toEqual(report);
  expect(report.complete).toBe(true);
  expect(report.findings.length).toBeGreaterThan(20);
});

test('what AWS serves is found as in the files that the AWS CLI printed of it', async () => {
  const { accounts } = await readSnapshots(developmentFolder);
  const { snapshot } = await collectFrom(await developmentAccount());
  const ids = ({ findings: some }: Report) => some.map(({ id, status, severity }) => `${status} ${severity} ${id}`);
  expect(ids(judge(snapshot))).toEqual(ids(judge(...accounts)));
});

test.each(Object.entries(awkward))('the same facts and findings with %s', async (_name, quirks) => {
  const met = await collectFrom(await served, quirks);
  expect(met.file.facts).toEqual(calm.file.facts);
  expect(reread(met.file).facts).toEqual(met.snapshot.facts);
  expect(judge(met.snapshot).findings).toEqual(findings);
  if (quirks !== oneAtATime['slowness']) expect(met.calls.length).toBeGreaterThan(calm.calls.length);
});

test('a user who is newer than the report is asked about, though the report has a row of that name: it is that of another', async () => {
  const { calls, snapshot } = await collectFrom(await served, { credentialReportGeneratedAt: '2010-01-01T00:00:00Z' });
  const { identities } = snapshot.facts;
  const names = identities.status === 'collected' ? identities.value.users.map(({ name }) => name).toSorted() : [];
  for (const action of ['ListAccessKeys', 'ListSigningCertificates']) {
    const asked = calls.filter((call) => call.action === action).flatMap(({ user }) => user ?? []);
    expect([action, [...new Set(asked)].toSorted()]).toEqual([action, names]);
  }
  const ofUsers = judge(snapshot).findings.filter(({ resource }) => resource.type !== 'AwsIamRole');
  const unseen = ofUsers.filter(({ message }) => /were not listed|could not be seen/.test(message));
  expect(unseen).toEqual([]);
});

test('every request is counted, those that were made again included', async () => {
  const { file, calls } = await collectFrom(await served, { seed: 5, cutConnections: 0.3 });
  // Where the machine is slow, a connection can close while a request is on its way, which then never arrives.
  expect(file.calls).toBeGreaterThanOrEqual(calls.length);
  expect(file.calls).toBeLessThan(calls.length * 1.1);
  expect(calls.length).toBeGreaterThan(calm.calls.length);
});
