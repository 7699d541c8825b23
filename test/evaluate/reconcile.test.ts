import fc from 'fast-check';
import { type Import, type Scope, type Stored, type Wanted, reconcile } from '../../lambda/scanner/evaluate/reconcile.ts';
import type { Reported } from '../../lambda/scanner/model/informational-record.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';

const PREFIX = `iam-vigil/v1/${ACCOUNT}/`;
const PRODUCT = `arn:aws:securityhub:eu-west-1:${ACCOUNT}:product/${ACCOUNT}/default`;
const checks = ['admin-user', 'shadow-admin', 'sms-mfa-device'];

const scope: Scope = {
  account: ACCOUNT,
  region: 'eu-west-1',
  productArn: PRODUCT,
  idPrefix: PREFIX,
  ran: new Set(checks),
  now: NOW,
  observedAt: NOW - 1_000,
};

const wanted = (checkId: string, name: string, status: Reported['status'] = 'FAILED', fingerprint = 'a'): Wanted => {
  const finding = {
    id: `${PREFIX}${checkId}/${name}`,
    checkId,
    title: 'title',
    headline: 'headline',
    account: ACCOUNT,
    resource: { type: 'AwsIamUser', arn: `arn:aws:iam::${ACCOUNT}:user/${name}`, name },
    message: 'message',
    evidence: {},
    remediation: 'fix it',
    standards: {},
  } as const;
  return {
    finding: status === 'PASSED' ? { ...finding, status, severity: 'INFORMATIONAL' } : { ...finding, status, severity: 'HIGH' },
    fingerprint,
    ...(status === 'SUPPRESSED' ? { note: 'accepted until tomorrow' } : {}),
  };
};

const stored = (checkId: string, name: string, more: Partial<Stored> = {}): Stored => ({
  id: `${PREFIX}${checkId}/${name}`,
  productArn: PRODUCT,
  account: ACCOUNT,
  region: 'eu-west-1',
  isArchived: false,
  isJudged: true,
  isSuppressed: false,
  fingerprint: 'a',
  updatedAt: NOW - DAY,
  observedAt: NOW - DAY,
  ...more,
});

/** What is written for the one finding. */
const whys = (now: readonly Wanted[], then: readonly Stored[], more: Partial<Scope> = {}) =>
  reconcile(now, then, { ...scope, ...more }).import.map(({ why }) => why);

describe('one finding', () => {
  const failing = wanted('admin-user', 'ann');
  const before = stored('admin-user', 'ann');

  test.each<[name: string, now: readonly Wanted[], then: readonly Stored[], whys: readonly Import['why'][]]>([
    ['is new', [failing], [], ['new']],
    ['is unchanged', [failing], [before], []],
    ['has changed', [failing], [{ ...before, fingerprint: 'b' }], ['changed']],
    ['was stored without a fingerprint', [failing], [omitFingerprint(before)], ['changed']],
    ['is back', [failing], [{ ...before, isArchived: true }], ['changed']],
    ['is seven days old', [failing], [{ ...before, updatedAt: NOW - 7 * DAY }], ['refreshed']],
    ['is nearly seven days old', [failing], [{ ...before, updatedAt: NOW - 7 * DAY + 1 }], []],
    ['is gone', [], [before], ['fixed']],
    ['is gone, and is about a change that is not to be closed yet', [], [{ ...before, openUntil: NOW + 1 }], []],
    ['is about a change, and is old', [], [{ ...before, openUntil: NOW + 1, updatedAt: 0 }], ['kept']],
    ['is about a change whose time is over', [], [{ ...before, openUntil: NOW }], ['fixed']],
    [
      'is about a change that happened again',
      [{ ...failing, fingerprint: 'b' }],
      [{ ...before, openUntil: NOW + 1 }],
      ['changed'],
    ],
    ['is gone, and was archived', [], [{ ...before, isArchived: true, updatedAt: 0 }], []],
    ['cannot be evaluated', [wanted('admin-user', 'ann', 'UNKNOWN', 'b')], [before], []],
    [
      'cannot be evaluated for a long time',
      [wanted('admin-user', 'ann', 'UNKNOWN', 'b')],
      [{ ...before, updatedAt: 0 }],
      ['kept'],
    ],
    [
      'cannot be evaluated, and was archived',
      [wanted('admin-user', 'ann', 'UNKNOWN')],
      [{ ...before, isArchived: true }],
      ['changed'],
    ],
    ['could not be evaluated before', [failing], [{ ...before, isJudged: false, fingerprint: 'b' }], ['changed']],
    ['was seen later by another run', [failing], [{ ...before, fingerprint: 'b', observedAt: NOW - 999 }], []],
    ['is gone, and was seen later by another run', [], [{ ...before, observedAt: NOW }], []],
    ['was seen in the future, by a wrong clock', [], [{ ...before, observedAt: NOW + 1 }], ['fixed']],
    ['is twice in the report', [failing, wanted('admin-user', 'ann', 'UNKNOWN')], [{ ...before, fingerprint: 'b' }], ['changed']],
    ['was seen at the same moment', [failing], [{ ...before, fingerprint: 'b', observedAt: NOW - 1_000 }], ['changed']],
    [
      'cannot be evaluated for another reason',
      [wanted('admin-user', 'ann', 'UNKNOWN')],
      [{ ...before, isJudged: false, fingerprint: 'b' }],
      ['changed'],
    ],
    ['is twice in the hub', [failing], [{ ...before, fingerprint: 'b', updatedAt: NOW - 2 * DAY }, before], []],
    [
      'is twice in the hub, the newer one first',
      [failing],
      [before, { ...before, fingerprint: 'b', updatedAt: NOW - 2 * DAY }],
      [],
    ],
    ['could not be evaluated before, and is gone', [], [{ ...before, isJudged: false }], ['fixed']],
  ])('that %s', (_name, now, then, expected) => {
    expect(whys(now, then)).toEqual(expected);
  });

  test.each([
    ['names an account that was not scanned', ['222233334444'], []],
    ['names scanned accounts only', ['333344445555'], ['fixed']],
    ['leaves out accounts on which it depends', ['333344445555', '*'], []],
    ['names no account', undefined, ['fixed']],
  ])('that is gone, and %s', (_name, accounts, expected) => {
    const then = [{ ...before, ...(accounts === undefined ? {} : { accounts }) }];
    const seen = { acrossAccounts: new Set(['admin-user']), unseenAccounts: new Set(['222233334444']) };
    expect(whys([], then, seen)).toEqual(expected);
    expect(whys([], then, { ...seen, acrossAccounts: new Set() })).toEqual(['fixed']);
    expect(whys([], then, { ...seen, unseenAccounts: new Set() })).toEqual(['fixed']);
  });

  test('is updated strictly later than before, whatever the clock says', () => {
    const ahead = { ...before, fingerprint: 'b', updatedAt: NOW + DAY };
    expect(reconcile([failing], [ahead], scope).import).toMatchObject([{ updatedAt: NOW + DAY + 1 }]);
    expect(reconcile([failing], [{ ...before, fingerprint: 'b' }], scope).import).toMatchObject([{ updatedAt: NOW }]);
  });

  test('of another account in the report is not delivered', () => {
    const { id } = failing.finding;
    const other = {
      ...failing,
      finding: { ...failing.finding, account: '999999999999', id: id.replace(/\d{12}/, '999999999999') },
    };
    expect(whys([other], [])).toEqual([]);
  });
});

describe('a record', () => {
  const record = wanted('admin-user', 'ann', 'PASSED');
  const unseen = wanted('admin-user', 'ann', 'UNKNOWN', 'b');
  const before = stored('admin-user', 'ann');

  test.each<[name: string, now: Wanted, then: Stored | undefined, whys: readonly Import['why'][]]>([
    ['is new', record, undefined, ['new']],
    ['is unchanged', record, before, []],
    ['has changed', record, { ...before, fingerprint: 'b' }, ['changed']],
    ['is seven days old', record, { ...before, updatedAt: NOW - 7 * DAY }, ['refreshed']],
    ['was archived', record, { ...before, isArchived: true }, ['changed']],
    ['could not be evaluated before', record, { ...before, isJudged: false, fingerprint: 'b' }, ['changed']],
    ['cannot be evaluated', unseen, before, []],
    ['cannot be evaluated for a long time', unseen, { ...before, updatedAt: 0 }, ['kept']],
  ])('that %s', (_name, now, then, expected) => {
    expect(whys([now], then ? [then] : [])).toEqual(expected);
  });

  test('leaves the findings of its check to be closed', () => {
    expect(whys([record], [before, stored('admin-user', 'bob')])).toEqual(['fixed']);
  });

  test('stays suppressed if a person suppressed it, and is suppressed by nothing else', () => {
    for (const isSuppressed of [true, false])
      expect(reconcile([record], [{ ...before, isSuppressed }], scope).suppress).toEqual([]);
  });
});

function omitFingerprint({ fingerprint: _, ...rest }: Stored): Stored {
  return rest;
}

describe('what is not ours is not touched', () => {
  test.each<[name: string, change: Partial<Stored>]>([
    ['another product', { productArn: 'arn:aws:securityhub:eu-west-1::product/prowler/prowler' }],
    ['another account', { account: '999999999999' }],
    ['another Region', { region: 'us-east-1' }],
    ['an older scheme of ids', { id: `iam-vigil/v0/${ACCOUNT}/admin-user/ann` }],
    ['a longer account id', { id: `iam-vigil/v1/${ACCOUNT}0/admin-user/ann` }],
    // As long as our prefix, so that what follows reads as a check of ours.
    ['an id that only looks alike', { id: `iam-vigil/v2/${ACCOUNT}/admin-user/ann` }],
  ])('%s', (_name, change) => {
    const finding = stored('admin-user', 'ann', { updatedAt: 0, ...change });
    expect(whys([], [finding])).toEqual([]);
    expect(whys([wanted('admin-user', 'ann')], [finding])).toEqual(['new']);
  });
});

describe('a finding that is UNKNOWN for a reason that another finding reports', () => {
  const { finding, ...rest } = wanted('admin-user', 'ann', 'UNKNOWN');
  const explained: Wanted = { ...rest, finding: { ...finding, causes: [`${PREFIX}sms-mfa-device/account`] } };
  const before = stored('admin-user', 'ann');
  const unjudged = stored('admin-user', 'ann', { isJudged: false });

  test.each<[name: string, then: readonly Stored[], whys: readonly Import['why'][]]>([
    ['is not written', [], []],
    ['withdraws the UNKNOWN finding that is stored', [unjudged], ['withdrawn']],
    ['withdraws every UNKNOWN finding of its check', [stored('admin-user', 'bob', { isJudged: false })], ['withdrawn']],
    ['closes no result of its check', [before, stored('admin-user', 'bob')], []],
    ['keeps a result of its check that is old', [{ ...before, updatedAt: 0 }], ['kept']],
    ['does not withdraw what was archived', [{ ...unjudged, isArchived: true }], []],
    ['closes those of other checks', [stored('shadow-admin', 'ann', { isJudged: false })], ['fixed']],
  ])('%s', (_name, then, expected) => {
    expect(whys([explained], then)).toEqual(expected);
  });

  test('is withdrawn with what is stored, strictly later', () => {
    expect(reconcile([explained], [unjudged], scope)).toEqual({
      import: [{ why: 'withdrawn', id: unjudged.id, updatedAt: NOW, stored: unjudged }],
      suppress: [],
      unchanged: 0,
    });
  });

  test('without such a finding, the UNKNOWN findings of its check stay', () => {
    expect(whys([wanted('admin-user', 'ann', 'UNKNOWN')], [stored('admin-user', 'bob', { isJudged: false })])).toEqual(['new']);
  });
});

describe('a finding on an access key that is known by its number only', () => {
  const { finding, ...rest } = wanted('admin-user', 'ann');
  const numbered: Wanted = {
    ...rest,
    finding: { ...finding, resource: { ...finding.resource, type: 'AwsIamAccessKey', name: 'key 1' } },
  };

  test.each<[name: string, then: readonly Stored[], whys: readonly Import['why'][]]>([
    ['is not written', [], []],
    ['closes no finding of its check: it may be on the same key', [stored('admin-user', 'AKIAIOSFODNN7EXAMPLE')], []],
    ['closes those of other checks', [stored('shadow-admin', 'ann')], ['fixed']],
  ])('%s', (_name, then, expected) => {
    expect(whys([numbered], then)).toEqual(expected);
  });
});

test('findings that are not written are counted, each once', () => {
  const same = ['ann', 'bob'].map((name) => wanted('admin-user', name));
  const then = [
    stored('admin-user', 'ann'),
    stored('admin-user', 'bob'),
    stored('other-check', 'ann'),
    stored('shadow-admin', 'ann'),
  ];
  const { import: writes, unchanged } = reconcile(same, then, scope);
  expect([writes.map(({ id }) => id), unchanged]).toEqual([[`${PREFIX}shadow-admin/ann`], 3]);
});

describe('one check', () => {
  const before = [stored('admin-user', 'ann'), stored('admin-user', 'bob'), stored('shadow-admin', 'cem')];

  test('that could not evaluate everything closes nothing, and the others close theirs', () => {
    const plan = reconcile([wanted('admin-user', 'bob', 'UNKNOWN')], before, scope);
    expect(plan.import).toMatchObject([{ why: 'fixed', id: `${PREFIX}shadow-admin/cem` }]);
  });

  test('that did not run closes nothing', () => {
    const plan = reconcile([], before, { ...scope, ran: new Set(['shadow-admin']) });
    expect(plan.import).toMatchObject([{ why: 'fixed', id: `${PREFIX}shadow-admin/cem` }]);
  });

  test('is not confused with a check whose name begins in the same way', () => {
    expect(whys([], [stored('admin-user-old', 'ann')])).toEqual([]);
  });
});

describe('exceptions', () => {
  const accepted = wanted('admin-user', 'ann', 'SUPPRESSED');
  const before = stored('admin-user', 'ann');
  const ours = { text: 'accepted until tomorrow', by: 'iam-vigil' };
  const theirs = { text: 'mine', by: 'ann' };
  const plain = wanted('admin-user', 'ann');
  const { note: _, ...withoutNote } = accepted;

  test.each<[name: string, now: Wanted, then: Stored | undefined, to: 'SUPPRESSED' | 'NEW' | undefined]>([
    ['a new finding', accepted, undefined, 'SUPPRESSED'],
    ['a finding', accepted, before, 'SUPPRESSED'],
    ['a finding with a person’s note', accepted, { ...before, note: theirs }, 'SUPPRESSED'],
    ['a finding that is already suppressed', accepted, { ...before, isSuppressed: true, note: ours }, undefined],
    [
      'a finding with an older note of ours',
      accepted,
      { ...before, isSuppressed: true, note: { ...ours, text: 'old' } },
      'SUPPRESSED',
    ],
    [
      'a finding whose note has ours, and an earlier one of a person',
      accepted,
      { ...before, isSuppressed: true, note: { ...ours, text: `${ours.text} Earlier note by ann: mine` } },
      undefined,
    ],
    ['a finding that a person suppressed', accepted, { ...before, isSuppressed: true, note: theirs }, undefined],
    ['a finding that a person suppressed without a note', accepted, { ...before, isSuppressed: true }, undefined],
    ['a finding that a person reopened', accepted, { ...before, note: ours }, undefined],
    ['a finding whose exception has ended', plain, { ...before, isSuppressed: true, note: ours }, 'NEW'],
    [
      'a finding whose exception has ended, though a person has written a note since',
      plain,
      { ...before, isSuppressed: true, isHiddenByException: true, note: theirs },
      'NEW',
    ],
    ['not an accepted finding without words for the note', withoutNote, before, undefined],
    ['not a finding that a person suppressed', plain, { ...before, isSuppressed: true, note: theirs }, undefined],
    ['not an open finding', plain, { ...before, note: ours }, undefined],
    ['not an UNKNOWN finding', wanted('admin-user', 'ann', 'UNKNOWN'), { ...before, isSuppressed: true, note: ours }, undefined],
    ['not a finding with newer data', accepted, { ...before, observedAt: NOW }, undefined],
  ])('touch %s', (_name, now, then, to) => {
    const { suppress } = reconcile([now], then ? [then] : [], scope);
    expect(suppress.map((item) => item.to)).toEqual(to === undefined ? [] : [to]);
  });

  test('come with the stored finding, so that the note of a person is kept', () => {
    const noted = { ...before, note: theirs };
    const note = 'accepted until tomorrow';
    expect(reconcile([accepted], [noted], scope).suppress).toEqual([{ id: before.id, to: 'SUPPRESSED', note, stored: noted }]);
    expect(reconcile([accepted], [], scope).suppress).toEqual([{ id: before.id, to: 'SUPPRESSED', note }]);
  });
});

describe('for any stored and new findings', () => {
  const names = fc.constantFrom('ann', 'bob', 'cem');
  const check = fc.constantFrom(...checks, 'other-check');
  const instant = fc.constantFrom(NOW - 8 * DAY, NOW - DAY, NOW - 1_000, NOW, NOW + DAY);
  const anyWanted = fc
    .tuple(
      fc.constantFrom(...checks),
      names,
      fc.constantFrom('FAILED', 'UNKNOWN', 'SUPPRESSED', 'PASSED'),
      fc.constantFrom('a', 'b'),
    )
    .map((parts) => wanted(...parts));
  const anyStored = fc
    .record({
      check,
      name: names,
      productArn: fc.constantFrom(PRODUCT, PRODUCT, 'arn:aws:securityhub:eu-west-1::product/prowler/prowler'),
      account: fc.constantFrom(ACCOUNT, ACCOUNT, '999999999999'),
      region: fc.constantFrom('eu-west-1', 'eu-west-1', 'us-east-1'),
      prefix: fc.constantFrom(PREFIX, PREFIX, 'iam-vigil/v0/', `iam-vigil/v1/${ACCOUNT}9/`),
      isArchived: fc.boolean(),
      isJudged: fc.boolean(),
      isSuppressed: fc.boolean(),
      fingerprint: fc.constantFrom('a', 'b'),
      updatedAt: instant,
      observedAt: instant,
    })
    .map(({ check: id, name, prefix, ...rest }) => stored(id, name, { id: `${prefix}${id}/${name}`, ...rest }));
  const ran = fc.subarray(checks).map((ids) => new Set(ids));
  const situation = fc.tuple(fc.array(anyWanted, { maxLength: 9 }), fc.array(anyStored, { maxLength: 12 }), ran);

  test('nothing is archived that is not ours, was not evaluated, or is still reported', () => {
    fc.assert(
      fc.property(situation, ([now, then, judged]) => {
        const unknown = new Set(now.flatMap(({ finding }) => (finding.status === 'UNKNOWN' ? [finding.checkId] : [])));
        for (const write of reconcile(now, then, { ...scope, ran: judged }).import) {
          if (write.why !== 'fixed') continue;
          const { id, productArn, account, region, isArchived } = write.stored;
          expect({ productArn, account, region, isArchived }).toEqual({
            ...{ productArn: PRODUCT, account: ACCOUNT, region: 'eu-west-1', isArchived: false },
          });
          const [, , , checkId = ''] = id.split('/');
          expect(id.startsWith(PREFIX) && judged.has(checkId) && !unknown.has(checkId)).toBe(true);
          expect(now.some(({ finding }) => finding.id === id)).toBe(false);
        }
      }),
    );
  });

  test('every write is newer than the stored finding, and is made once', () => {
    fc.assert(
      fc.property(situation, ([now, then, judged]) => {
        const writes = reconcile(now, then, { ...scope, ran: judged }).import;
        for (const write of writes) if (write.why !== 'new') expect(write.updatedAt).toBeGreaterThan(write.stored.updatedAt);
        expect(new Set(writes.map(({ id }) => id)).size).toBe(writes.length);
      }),
    );
  });

  test('a written finding is not written again', () => {
    fc.assert(
      fc.property(situation, ([now, then, judged]) => {
        const here = { ...scope, ran: judged };
        const plan = reconcile(now, then, here);
        const after = [...then, ...plan.import.map(applied)].map((item) => noted(item, plan));
        expect(reconcile(now, after, here)).toMatchObject({ import: [], suppress: [] });
      }),
    );
  });

  const applied = (write: Import): Stored => {
    const base = { ...(write.why === 'new' ? { ...stored('', ''), id: write.id } : write.stored), updatedAt: write.updatedAt };
    if (!('wanted' in write)) return write.why === 'kept' ? base : { ...base, isArchived: true, observedAt: scope.observedAt };
    const { finding, fingerprint } = write.wanted;
    return { ...base, fingerprint, isArchived: false, isJudged: finding.status !== 'UNKNOWN', observedAt: scope.observedAt };
  };

  function noted(item: Stored, { suppress }: ReturnType<typeof reconcile>): Stored {
    const change = suppress.find(({ id }) => id === item.id);
    if (!change) return item;
    return { ...item, isSuppressed: change.to === 'SUPPRESSED', note: { text: change.note ?? 'ended', by: 'iam-vigil' } };
  }
});
