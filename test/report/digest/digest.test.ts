import { type DigestItem, digestOf } from '../../../lambda/scanner/report/digest/digest.ts';
import { linkToFinding } from '../../../lambda/scanner/report/digest/console-link.ts';

const subject = {
  ...{ account: '111122223333', scope: 'account 111122223333', startedAt: '2026-11-20T03:00:12Z', hubRegion: 'eu-west-1' },
  page: 'https://console.example/reports/111122223333/latest.html',
};

const item = (name: string, more: Partial<DigestItem> = {}): DigestItem => ({
  ...{ key: `iam-vigil/v1/111122223333/admin-user/${name}`, what: 'new', account: '111122223333', checkId: 'admin-user' },
  ...{ severity: 'HIGH', headline: `IAM user ${name} is administrator`, ...more },
});

const many = (count: number): readonly DigestItem[] =>
  Array.from({ length: count }, (_, index) => item(`u${String(index).padStart(3, '0')}`));

test('nothing changed: there is no text', () => {
  expect(digestOf(subject, [])).toMatchObject({
    changed: false,
    text: '',
    page: subject.page,
    items: [],
    severity: 'INFORMATIONAL',
  });
});

test('what is new and worse comes first, by severity; then what is unseen, then what is fixed', () => {
  const digest = digestOf(subject, [
    item('fixed', { what: 'fixed', severity: 'CRITICAL' }),
    item('unseen', { what: 'unseen', severity: 'CRITICAL' }),
    item('low', { severity: 'LOW' }),
    item('worse', { what: 'worse', severity: 'CRITICAL', message: 'Its holder can read data.' }),
  ]);
  expect(digest.text.replaceAll(/ https:\S+/g, '')).toBe(
    [
      'iam-vigil, account 111122223333, 2026-11-20: 1 new, 1 worse, 1 unseen, 1 fixed',
      'CRITICAL worse: IAM user worse is administrator. Its holder can read data. (111122223333)',
      'LOW new: IAM user low is administrator (111122223333)',
      'unseen: IAM user unseen is administrator (111122223333)',
      'fixed: IAM user fixed is administrator (111122223333)',
      'Report:',
    ].join('\n'),
  );
  expect(digest).toMatchObject({ changed: true, severity: 'CRITICAL', counts: { new: 1, worse: 1, unseen: 1, fixed: 1 } });
});

test.each([
  [1, 3, undefined],
  [8, 10, undefined],
  [9, 10, '2 more: https://eu-west-1.console.aws.amazon.com/securityhub/'],
  [5000, 10, '4993 more: https://eu-west-1.console.aws.amazon.com/securityhub/'],
])('%i findings take %i lines', (count, lines, last) => {
  const digest = digestOf(subject, many(count));
  expect(digest.text.split('\n')).toHaveLength(lines);
  expect(digest.text.split('\n').at(-1)).toBe(`Report: ${subject.page}`);
  if (last !== undefined) expect(digest.text.split('\n').at(-2)).toContain(last);
  expect(digest.items).toHaveLength(Math.min(count, 50));
  expect(digest.counts.new).toBe(count);
  // The subject of a message: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
  expect(digest.title).toMatch(/^[ -~]{1,99}$/);
});

test('the key depends on what is told, and on nothing else', () => {
  const [first, again, other, worse] = [
    digestOf(subject, many(3)),
    digestOf({ ...subject, startedAt: '2026-11-21T03:00:00Z' }, many(3).toReversed()),
    digestOf(subject, many(2)),
    digestOf(
      subject,
      many(3).map((one) => ({ ...one, what: 'worse' as const })),
    ),
  ];
  expect(again.key).toBe(first.key);
  expect(new Set([first, other, worse].map(({ key }) => key)).size).toBe(3);
});

test('what is told twice is told as it is now', () => {
  const digest = digestOf(subject, [item('ann', { what: 'fixed' }), item('ann')]);
  expect(digest.items.map(({ what }) => what)).toEqual(['fixed']);
});

test('a hostile name stays in its line', () => {
  const digest = digestOf(subject, [item('x', { headline: 'IAM user a\nHIGH new: b is administrator', message: 'c\u202Ed' })]);
  expect(digest.text.split('\n')).toHaveLength(3);
  expect(digest.text).toContain('a\\u{a}HIGH');
});

test('without Security Hub the only link is that of the report', () => {
  const { text, items } = digestOf({ ...subject, hubRegion: undefined }, many(12));
  expect(text.split('\n').filter((line) => line.includes('http'))).toEqual([`Report: ${subject.page}`]);
  expect(text).toContain('5 more are in the report');
  expect(items[0]).not.toHaveProperty('link');
});

test.each([
  ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/securityhub/home?region=eu-west-1#/findings?search='],
  ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/securityhub/home?region=cn-north-1#/findings?search='],
  ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/securityhub/home?region=us-gov-west-1#/findings?search='],
])('the link in %s searches for the ID, which is encoded twice', (region, start) => {
  const id = 'iam-vigil/v1/111122223333/access-key-planted/AIDAX/AKIA X+';
  const link = linkToFinding(region, id);
  expect(link.startsWith(`${start}Id%3D%255Coperator%255C%253AEQUALS%255C%253A`)).toBe(true);
  expect(decodeURIComponent(decodeURIComponent(link.split('search=')[1] ?? ''))).toBe(String.raw`Id=\operator\:EQUALS\:${id}`);
});
