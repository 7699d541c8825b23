import { withdraw } from '../../lambda/scanner/deliver/withdraw.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import type { LoopbackSecurityHub } from '../support/aws/services/security-hub.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';
import { aFinding, aHub, aRecord, anUnknown, deliver, directly, query } from './support.ts';

const [one, two] = [aRecord(['ann']), aRecord(['ann', 'bob'])];
const unseen = anUnknown('admin-inventory');
const checkIds = ['admin-inventory', 'admin-user'];
const nothing = { imported: 0, archived: 0, refreshed: 0, suppressed: 0, returned: 0, failed: [] };

/** A night with the list of admins. */
const seen = (hub: LoopbackSecurityHub, record = one, nights = 0) =>
  deliver(hub, [], { checkIds, records: [record], now: NOW + nights * DAY });

/** A night without it. */
const blind = (hub: LoopbackSecurityHub, nights: number) => deliver(hub, [unseen], { checkIds, now: NOW + nights * DAY });

const stored = (hub: LoopbackSecurityHub) => hub.findings.get(one.id);

test('the first night it is created, active and passed, with what it lists', async () => {
  const hub = aHub();
  expect(await seen(hub)).toMatchObject({ ...nothing, imported: 1 });
  expect([...hub.findings.keys()]).toEqual([`iam-vigil/v1/${ACCOUNT}/admin-inventory/${ACCOUNT}`]);
  expect(stored(hub)).toMatchObject({
    GeneratorId: 'admin-inventory',
    RecordState: 'ACTIVE',
    Compliance: { Status: 'PASSED', StatusReasons: [{ ReasonCode: 'CHECK_PASSED', Description: one.message }] },
    FindingProviderFields: { Severity: { Label: 'INFORMATIONAL' } },
    Workflow: { Status: 'NEW' },
    Resources: [{ Type: 'AwsAccount', Id: `AWS::::Account:${ACCOUNT}` }],
    ProductFields: { 'iam-vigil/Evidence/admins': JSON.stringify(one.evidence['admins']) },
    Remediation: { Recommendation: { Text: one.remediation } },
  });
});

test('an unchanged night writes nothing, and the seventh the same again', async () => {
  const hub = aHub();
  await seen(hub);
  expect(await seen(hub, one, 1)).toMatchObject({ ...nothing, unchanged: 1 });
  expect(await seen(hub, one, 7)).toMatchObject({ ...nothing, refreshed: 1 });
});

test('another list is written, under the same id', async () => {
  const hub = aHub();
  await seen(hub);
  expect(await seen(hub, two, 1)).toMatchObject({ ...nothing, imported: 1 });
  expect([...hub.findings.keys()]).toEqual([one.id]);
  expect(stored(hub)).toMatchObject({ RecordState: 'ACTIVE', Compliance: { Status: 'PASSED' }, Description: two.message });
});

test('a night without the list changes neither the record nor its time', async () => {
  const hub = aHub();
  await seen(hub);
  const before = stored(hub);
  expect(await blind(hub, 1)).toMatchObject({ ...nothing, unchanged: 1 });
  expect(stored(hub)).toEqual(before);
  expect(await blind(hub, 7)).toMatchObject({ ...nothing, refreshed: 1 });
  expect(stored(hub)).toEqual({ ...before, UpdatedAt: '2026-11-27T03:00:00.000Z' });
  expect(await seen(hub, two, 8)).toMatchObject({ ...nothing, imported: 1 });
});

test('a record that was never evaluated is not passed until it is evaluated', async () => {
  const hub = aHub();
  await blind(hub, 0);
  expect(stored(hub)).toMatchObject({ RecordState: 'ACTIVE', Compliance: { Status: 'NOT_AVAILABLE' } });
  expect(await seen(hub, one, 1)).toMatchObject({ ...nothing, imported: 1 });
  expect(stored(hub)).toMatchObject({ RecordState: 'ACTIVE', Compliance: { Status: 'PASSED' }, Description: one.message });
});

test('it is archived with the findings, with unchanged content', async () => {
  const hub = aHub();
  await deliver(hub, [aFinding('ann')], { checkIds, records: [one] });
  const sleep = () => Promise.resolve();
  expect(await withdraw(directly(hub), query, { now: NOW + DAY, sleep })).toEqual({ archived: 2, failed: [] });
  expect(stored(hub)).toMatchObject({ RecordState: 'ARCHIVED', Description: one.message });
  await seen(hub, one, 2);
  expect(stored(hub)).toMatchObject({ RecordState: 'ACTIVE', Compliance: { Status: 'PASSED' } });
});

test.each(['SUPPRESSED', 'NOTIFIED', 'RESOLVED'])(
  'the status %s that a person set stays, even if the list changes',
  async (Status) => {
    const hub = aHub();
    await seen(hub);
    const decision = { Workflow: { Status }, Note: { Text: 'looked over', UpdatedBy: 'ann' } };
    hub.answer(JSON.stringify({ FindingIdentifiers: [{ Id: one.id, ProductArn: hub.productArn }], ...decision }));
    expect(await seen(hub, one, 1)).toMatchObject({ ...nothing, unchanged: 1 });
    expect(await seen(hub, two, 2)).toMatchObject({ ...nothing, imported: 1 });
    expect(stored(hub)).toMatchObject({ ...decision, Description: two.message });
  },
);

test('if its check is disabled, it is left alone', async () => {
  const hub = aHub();
  await seen(hub);
  expect(await deliver(hub, [], { checkIds: ['admin-user'], now: NOW + DAY })).toMatchObject({ ...nothing, unchanged: 1 });
  expect(stored(hub)).toMatchObject({ RecordState: 'ACTIVE' });
});

test('the record of another account in the report is not delivered', async () => {
  const hub = aHub();
  const records = [one, aRecord(['eve'], '999999999999')];
  expect(await deliver(hub, [], { checkIds, records })).toMatchObject({ ...nothing, imported: 1 });
});
