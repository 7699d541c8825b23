import { DAY } from '../../lambda/scanner/model/instant.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';
import { aFinding, aHub, anAccepted, anUnknown, deliver } from './support.ts';

const ann = aFinding('ann');
const bob = aFinding('bob');
const cem = aFinding('cem', { checkId: 'access-key-unrotated', severity: 'MEDIUM', message: 'The key is 100 days old.' });
const dan = aFinding('dan');

const nothing = { imported: 0, archived: 0, refreshed: 0, suppressed: 0, returned: 0, failed: [] };
const night = (count: number) => ({ now: NOW + count * DAY });

const idOf = (user: string, check = 'admin-user') => `iam-vigil/v1/${ACCOUNT}/${check}/AIDA${user}`;

describe('three nights', () => {
  test('the first imports everything under stable ids', async () => {
    const hub = aHub();
    expect(await deliver(hub, [ann, bob, cem])).toMatchObject({ ...nothing, imported: 3, unchanged: 0, unseen: 0, calls: 3 });
    expect([...hub.findings.keys()]).toEqual([idOf('ANN'), idOf('BOB'), idOf('CEM', 'access-key-unrotated')]);
    expect(hub.findings.get(ann.id)).toMatchObject({
      RecordState: 'ACTIVE',
      Compliance: { Status: 'FAILED' },
      Workflow: { Status: 'NEW' },
      CreatedAt: '2026-11-20T03:00:00.000Z',
      FirstObservedAt: '2026-11-20T02:55:00.000Z',
      UpdatedAt: '2026-11-20T03:00:00.000Z',
    });
  });

  test('an unchanged night writes nothing, though ages have grown', async () => {
    const hub = aHub();
    await deliver(hub, [ann, bob, cem]);
    const older = { ...cem, message: 'The key is 101 days old.', evidence: { ageDays: 101 } };
    expect(await deliver(hub, [ann, bob, older], night(1))).toMatchObject({ ...nothing, unchanged: 3, calls: 4 });
    expect(hub.calls.map(({ action }) => action)).toEqual(['GetFindings', 'BatchImportFindings', 'GetFindings', 'GetFindings']);
  });

  test('the third archives exactly what is fixed, creates what is new, and keeps the decisions of people', async () => {
    const hub = aHub();
    await deliver(hub, [ann, bob, cem]);
    byPerson(hub, bob.id, 'SUPPRESSED', 'known, see wiki');
    byPerson(hub, cem.id, 'NOTIFIED', 'ticket 7');
    await deliver(hub, [ann, bob, cem], night(1));
    expect(await deliver(hub, [bob, cem, dan], night(2))).toMatchObject({ ...nothing, imported: 1, archived: 1, unchanged: 2 });
    expect(hub.findings.get(ann.id)).toMatchObject({
      RecordState: 'ARCHIVED',
      Compliance: { Status: 'PASSED' },
      CreatedAt: '2026-11-20T03:00:00.000Z',
      UpdatedAt: '2026-11-22T03:00:00.000Z',
      Title: ann.headline,
    });
    expect(hub.findings.get(bob.id)).toMatchObject({
      RecordState: 'ACTIVE',
      Workflow: { Status: 'SUPPRESSED' },
      Note: { Text: 'known, see wiki', UpdatedBy: 'ann' },
    });
    expect(hub.findings.get(cem.id)).toMatchObject({ Workflow: { Status: 'NOTIFIED' }, Note: { Text: 'ticket 7' } });
    expect(hub.findings.get(dan.id)).toMatchObject({ RecordState: 'ACTIVE', CreatedAt: '2026-11-22T03:00:00.000Z' });
  });

  test('an archived finding stays archived and is not written again', async () => {
    const hub = aHub();
    await deliver(hub, [ann]);
    await deliver(hub, [], night(1));
    expect(await deliver(hub, [], night(20))).toMatchObject({ ...nothing, unchanged: 1 });
  });

  test('a finding that comes back is reopened under its ID, with its dates and the decisions of people', async () => {
    const hub = aHub();
    await deliver(hub, [ann, bob]);
    byPerson(hub, ann.id, 'RESOLVED', 'done');
    byPerson(hub, bob.id, 'SUPPRESSED', 'accepted');
    await deliver(hub, [], night(1));
    expect(await deliver(hub, [ann, bob], night(2))).toMatchObject({ ...nothing, imported: 2 });
    expect(hub.findings.get(ann.id)).toMatchObject({
      RecordState: 'ACTIVE',
      Compliance: { Status: 'FAILED' },
      Workflow: { Status: 'NEW' },
      CreatedAt: '2026-11-20T03:00:00.000Z',
      FirstObservedAt: '2026-11-20T02:55:00.000Z',
    });
    expect(hub.findings.get(bob.id)?.Workflow.Status).toBe('SUPPRESSED');
  });

  test('a new message, severity or path is written; the severity that a person has set stays', async () => {
    const hub = aHub();
    await deliver(hub, [ann, bob]);
    hub.answer(JSON.stringify({ FindingIdentifiers: [{ Id: ann.id, ProductArn: hub.productArn }], Severity: { Label: 'LOW' } }));
    const worse = { ...ann, severity: 'CRITICAL', message: 'User ann is admin, and has a key.' } as const;
    expect(await deliver(hub, [worse, bob], night(1))).toMatchObject({ ...nothing, imported: 1, unchanged: 1 });
    expect(hub.findings.get(ann.id)).toMatchObject({
      Description: 'User ann is admin, and has a key.',
      FindingProviderFields: { Severity: { Label: 'CRITICAL' } },
      Severity: { Label: 'LOW' },
    });
  });

  test('an unchanged finding is written again after seven days, and not before', async () => {
    const hub = aHub();
    await deliver(hub, [ann, bob]);
    expect(await deliver(hub, [ann, bob], { now: NOW + 7 * DAY - 1 })).toMatchObject({ ...nothing, unchanged: 2 });
    expect(await deliver(hub, [ann, bob], night(7))).toMatchObject({ ...nothing, refreshed: 2, unchanged: 0 });
    expect(hub.findings.get(ann.id)).toMatchObject({
      UpdatedAt: '2026-11-27T03:00:00.000Z',
      CreatedAt: '2026-11-20T03:00:00.000Z',
    });
    expect(await deliver(hub, [ann, bob], night(8))).toMatchObject({ ...nothing, unchanged: 2 });
  });
});

describe('a finding about a change', () => {
  const change = { ...ann, openUntil: '2026-11-28T00:00:00Z' };

  test('stays open although the next nights do not see the change, and closes by itself', async () => {
    const hub = aHub();
    await deliver(hub, [change]);
    expect(await deliver(hub, [], night(1))).toMatchObject({ ...nothing, unchanged: 1 });
    expect(hub.findings.get(ann.id)).toMatchObject({ RecordState: 'ACTIVE', Compliance: { Status: 'FAILED' } });
    expect(await deliver(hub, [], night(7))).toMatchObject({ ...nothing, refreshed: 1 });
    expect(await deliver(hub, [], night(8))).toMatchObject({ ...nothing, archived: 1 });
  });

  test('that happens again stays open longer', async () => {
    const hub = aHub();
    await deliver(hub, [change]);
    await deliver(hub, [{ ...change, openUntil: '2026-11-30T00:00:00Z' }], night(2));
    expect(await deliver(hub, [], night(8))).toMatchObject({ ...nothing, archived: 0 });
  });
});

describe('an UNKNOWN finding', () => {
  test('is NOT_AVAILABLE, and closes no finding of its check', async () => {
    const hub = aHub();
    await deliver(hub, [ann, cem]);
    const unknown = anUnknown('admin-user');
    expect(await deliver(hub, [unknown], night(1))).toMatchObject({ ...nothing, imported: 1, archived: 1 });
    expect(hub.findings.get(ann.id)).toMatchObject({ RecordState: 'ACTIVE', Compliance: { Status: 'FAILED' } });
    expect(hub.findings.get(unknown.id)).toMatchObject({
      Compliance: { Status: 'NOT_AVAILABLE' },
      FindingProviderFields: { Severity: { Label: 'INFORMATIONAL', Original: 'HIGH' } },
    });
    expect(hub.findings.get(cem.id)?.RecordState).toBe('ARCHIVED');
  });

  test('keeps the last result, is refreshed, and is closed once everything was evaluated', async () => {
    const hub = aHub();
    await deliver(hub, [ann]);
    await deliver(hub, [anUnknown('admin-user')], night(1));
    expect(await deliver(hub, [anUnknown('admin-user')], night(8))).toMatchObject({ ...nothing, refreshed: 2 });
    expect(hub.findings.get(ann.id)).toMatchObject({
      RecordState: 'ACTIVE',
      UpdatedAt: '2026-11-28T03:00:00.000Z',
      LastObservedAt: '2026-11-20T02:55:00.000Z',
    });
    expect(await deliver(hub, [], night(9))).toMatchObject({ ...nothing, archived: 2 });
  });

  test('does not hide a failure of the same resource', async () => {
    const hub = aHub();
    await deliver(hub, [ann]);
    expect(await deliver(hub, [{ ...ann, status: 'UNKNOWN', message: 'Not evaluated: denied' }], night(1))).toMatchObject(
      nothing,
    );
    expect(hub.findings.get(ann.id)).toMatchObject({ Description: ann.message, Compliance: { Status: 'FAILED' } });
  });

  test('is written once, although the message of AWS differs every night', async () => {
    const hub = aHub();
    const reason = (id: string, session: string) =>
      `Denied: User: arn:aws:sts::111122223333:assumed-role/vigil/${session} may not; request ${id}`;
    await deliver(hub, [anUnknown('admin-user', reason('6f1d9c1e-0000-4000-8000-000000000001', 'run-1'))]);
    const again = anUnknown('admin-user', reason('6f1d9c1e-0000-4000-8000-00000000ffff', 'run-2'));
    expect(await deliver(hub, [again], night(1))).toMatchObject({ ...nothing, unchanged: 1 });
  });

  test('a check that did not run closes nothing and writes nothing', async () => {
    const hub = aHub();
    await deliver(hub, [ann, cem]);
    const only = { checkIds: ['access-key-unrotated'] };
    expect(await deliver(hub, [], { ...night(9), ...only })).toMatchObject({ ...nothing, archived: 1, unchanged: 1 });
    expect(hub.findings.get(ann.id)).toMatchObject({ RecordState: 'ACTIVE', UpdatedAt: '2026-11-20T03:00:00.000Z' });
  });
});

describe('an access key that is known only by its number in the credential report', () => {
  const onKey = (name: string) =>
    aFinding('cem', {
      checkId: 'access-key-unrotated',
      id: `${idOf('CEM', 'access-key-unrotated')}/${name}`,
      resource: { type: 'AwsIamAccessKey', arn: cem.resource.arn, name },
    });
  const [first, second] = [onKey('AKIAFIRST0000EXAMPLE'), onKey('AKIASECOND000EXAMPLE')];
  const numbered = onKey('key 1');

  test('is not written, closes no finding of its check, and is reported: it may be any of the stored keys', async () => {
    const hub = aHub();
    await deliver(hub, [first, second, ann]);
    const before = hub.findings.get(first.id);
    const delivery = await deliver(hub, [numbered], night(1));
    expect(delivery).toMatchObject({
      ...nothing,
      archived: 1,
      unchanged: 2,
      failed: [{ id: numbered.id, code: 'unidentified' }],
    });
    expect(delivery.failed[0]?.message).toContain('aws iam list-access-keys');
    expect(hub.findings.get(first.id)).toEqual(before);
    expect(hub.findings.has(numbered.id)).toBe(false);
    expect(hub.findings.get(ann.id)?.RecordState).toBe('ARCHIVED');
    expect(await deliver(hub, [second], night(2))).toMatchObject({ ...nothing, archived: 1, unchanged: 2 });
  });

  test('is an access key, and no other resource with such a name', async () => {
    const hub = aHub();
    const user = { ...ann, resource: { ...ann.resource, name: 'key 1' } };
    expect(await deliver(hub, [user])).toMatchObject({ ...nothing, imported: 1 });
  });
});

describe('exceptions', () => {
  const accepted = anAccepted('ann');
  const NOTE = 'Accepted in iam-vigil.yaml until 2027-01-31T00:00:00Z. Owner: ops, ticket: OPS-1. Reason: migration';

  test('suppress a finding once, with a note that says why and until when', async () => {
    const hub = aHub();
    expect(await deliver(hub, [accepted])).toMatchObject({ ...nothing, imported: 1, suppressed: 1 });
    expect(hub.findings.get(ann.id)).toMatchObject({
      Workflow: { Status: 'SUPPRESSED' },
      Note: { Text: NOTE, UpdatedBy: 'iam-vigil' },
      Compliance: { Status: 'FAILED' },
      RecordState: 'ACTIVE',
    });
    expect(await deliver(hub, [accepted], night(1))).toMatchObject({ ...nothing, unchanged: 1 });
  });

  test('end, and the finding is reopened', async () => {
    const hub = aHub();
    await deliver(hub, [accepted]);
    expect(await deliver(hub, [ann], night(1))).toMatchObject({ ...nothing, imported: 1, returned: 1 });
    expect(hub.findings.get(ann.id)).toMatchObject({
      Workflow: { Status: 'NEW' },
      Note: { Text: 'No exception in iam-vigil.yaml accepts it any more. The finding is open again.' },
    });
    expect(await deliver(hub, [ann], night(2))).toMatchObject({ ...nothing, unchanged: 1 });
  });

  test('that are renewed say so', async () => {
    const hub = aHub();
    await deliver(hub, [accepted]);
    const renewed = anAccepted('ann', '2027-06-30T00:00:00Z');
    expect(await deliver(hub, [renewed], night(1))).toMatchObject({ ...nothing, imported: 1, suppressed: 1 });
    expect(hub.findings.get(ann.id)?.Note?.Text).toMatch('until 2027-06-30');
  });

  test('do not touch what a person suppressed, neither when they begin nor when they end', async () => {
    const hub = aHub();
    await deliver(hub, [ann]);
    byPerson(hub, ann.id, 'SUPPRESSED', 'mine');
    expect(await deliver(hub, [accepted], night(1))).toMatchObject({ ...nothing, imported: 1 });
    expect(await deliver(hub, [ann], night(2))).toMatchObject({ ...nothing, imported: 1 });
    expect(hub.findings.get(ann.id)).toMatchObject({ Workflow: { Status: 'SUPPRESSED' }, Note: { Text: 'mine' } });
  });

  test('do not suppress again what a person reopened', async () => {
    const hub = aHub();
    await deliver(hub, [accepted]);
    hub.answer(JSON.stringify({ FindingIdentifiers: [{ Id: ann.id, ProductArn: hub.productArn }], Workflow: { Status: 'NEW' } }));
    expect(await deliver(hub, [accepted], night(1))).toMatchObject(nothing);
    expect(hub.findings.get(ann.id)?.Workflow.Status).toBe('NEW');
  });

  test('end even if a person has written a note on the finding', async () => {
    const hub = aHub();
    await deliver(hub, [accepted]);
    hub.answer(
      JSON.stringify({
        FindingIdentifiers: [{ Id: ann.id, ProductArn: hub.productArn }],
        Note: { Text: 'asked the owner', UpdatedBy: 'ann' },
      }),
    );
    expect(await deliver(hub, [accepted], night(1))).toMatchObject({ ...nothing, unchanged: 1 });
    expect(hub.findings.get(ann.id)).toMatchObject({ Workflow: { Status: 'SUPPRESSED' }, Note: { Text: 'asked the owner' } });
    const renewed = anAccepted('ann', '2027-06-30T00:00:00Z');
    expect(await deliver(hub, [renewed], night(2))).toMatchObject({ ...nothing, imported: 1 });
    expect(await deliver(hub, [ann], night(3))).toMatchObject({ ...nothing, imported: 1, returned: 1 });
    expect(hub.findings.get(ann.id)).toMatchObject({
      Workflow: { Status: 'NEW' },
      Note: { Text: expect.stringMatching(/open again\. Earlier note by ann: asked the owner$/) as string },
    });
    byPerson(hub, ann.id, 'SUPPRESSED', 'mine now');
    expect(await deliver(hub, [ann], night(4))).toMatchObject({ ...nothing, unchanged: 1 });
  });

  test('keep the note of a person together with theirs', async () => {
    const hub = aHub();
    await deliver(hub, [ann]);
    byPerson(hub, ann.id, 'NOTIFIED', 'asked the owner');
    await deliver(hub, [accepted], night(1));
    expect(hub.findings.get(ann.id)?.Note).toEqual({
      Text: `${NOTE} Earlier note by ann: asked the owner`,
      UpdatedBy: 'iam-vigil',
      UpdatedAt: expect.stringMatching(/^2026-11-/) as string,
    });
    expect(await deliver(hub, [accepted], night(2))).toMatchObject(nothing);
    await deliver(hub, [ann], night(3));
    expect(hub.findings.get(ann.id)?.Note?.Text).toMatch(/open again\. Earlier note by ann: asked the owner$/);
  });

  test('suppress a finding that has more evidence than fields', async () => {
    const hub = aHub();
    const evidence = Object.fromEntries(Array.from({ length: 200 }, (_, number) => [`key${number}`, number]));
    const full = anAccepted('ann', undefined, { evidence: { ...accepted.evidence, ...evidence } });
    expect(await deliver(hub, [full])).toMatchObject({ ...nothing, imported: 1, suppressed: 1 });
    expect(await deliver(hub, [full], night(1))).toMatchObject({ ...nothing, unchanged: 1 });
  });

  test('of many findings share calls', async () => {
    const hub = aHub();
    const many = Array.from({ length: 250 }, (_, index) => anAccepted(`user${index}`));
    expect(await deliver(hub, many)).toMatchObject({ imported: 250, suppressed: 250, calls: 1 + 3 + 3 + 3 });
  });
});

/** What a person does in the console. */
function byPerson(hub: ReturnType<typeof aHub>, id: string, status: string, note: string): void {
  hub.answer(
    JSON.stringify({
      FindingIdentifiers: [{ Id: id, ProductArn: hub.productArn }],
      Workflow: { Status: status },
      Note: { Text: note, UpdatedBy: 'ann' },
    }),
  );
}
