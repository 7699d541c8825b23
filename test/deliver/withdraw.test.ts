import { withdraw } from '../../lambda/scanner/deliver/withdraw.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import { LoopbackSecurityHub } from '../support/aws/services/security-hub.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';
import { aFinding, aHub, deliver, directly, query } from './support.ts';

const sleep = () => Promise.resolve();
const take = (hub: LoopbackSecurityHub, now = NOW + 1000) => withdraw(directly(hub), query, { now, sleep });
const findings = [aFinding('ann'), aFinding('bob')];
const states = (hub: LoopbackSecurityHub) =>
  [...hub.findings.values()].map(({ RecordState, Compliance }) => [RecordState, Compliance?.Status]);

test('our findings are archived, with unchanged content', async () => {
  const hub = aHub();
  await deliver(hub, findings);
  expect(await take(hub)).toEqual({ archived: 2, failed: [] });
  expect(states(hub)).toEqual([
    ['ARCHIVED', 'FAILED'],
    ['ARCHIVED', 'FAILED'],
  ]);
});

test('a second time there is nothing to write', async () => {
  const hub = aHub();
  await deliver(hub, findings);
  await take(hub);
  const before = hub.calls.length;
  expect(await take(hub)).toEqual({ archived: 0, failed: [] });
  expect(hub.calls.slice(before).map(({ action }) => action)).toEqual(['GetFindings']);
});

test('a later delivery reopens what a scan still reports', async () => {
  const hub = aHub();
  await deliver(hub, findings);
  await take(hub);
  await deliver(hub, findings, { now: NOW + DAY });
  expect(states(hub)).toEqual([
    ['ACTIVE', 'FAILED'],
    ['ACTIVE', 'FAILED'],
  ]);
});

test('updates are newer even if the clock is behind', async () => {
  const hub = aHub();
  await deliver(hub, findings);
  expect(await take(hub, NOW - DAY)).toMatchObject({ archived: 2 });
  expect(states(hub).flat()).not.toContain('ACTIVE');
});

test('findings of others stay', async () => {
  const hub = aHub();
  await deliver(hub, [aFinding('ann')]);
  const [own] = [...hub.findings.values()];
  if (!own) throw new Error('nothing was delivered');
  const foreign = { ...own, Id: 'somebody-else/1' };
  hub.put(foreign);
  await take(hub);
  expect(hub.everything.find(({ Id }) => Id === foreign.Id)).toEqual(foreign);
});

test('rejected findings are reported', async () => {
  const refused = (id: string) => (id.endsWith('AIDAANN') ? 'InvalidInput: no' : undefined);
  const hub = aHub();
  await deliver(hub, findings);
  hub.quirks = { refuse: refused };
  expect(await take(hub)).toMatchObject({ archived: 1, failed: [{ code: 'InvalidInput' }] });
});

test('without Security Hub it says what to do', async () => {
  await expect(take(new LoopbackSecurityHub(ACCOUNT, 'eu-west-1', { disabledAfter: 0 }))).rejects.toThrow('not enabled');
});
