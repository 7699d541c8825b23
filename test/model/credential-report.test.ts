import { readFileSync } from 'node:fs';
import path from 'node:path';
import { credentialReportSchema } from '../../lambda/scanner/facts/credential-report.ts';
import { daysAgo } from '../support/builders.ts';

const columns = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_1_last_used_region',
  'access_key_1_last_used_service',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'access_key_2_last_used_region',
  'access_key_2_last_used_service',
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
] as const;

/** A row in which every date is N/A and everything else is off. */
const blank: Readonly<Record<string, string>> = Object.fromEntries(
  columns.map((name) => [name, name.endsWith('_active') || name === 'password_enabled' ? 'false' : 'N/A']),
);

const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The text of a report with these rows; columns that only the rows know are added at the end. */
function csv(rows: readonly Readonly<Record<string, string>>[], without: readonly string[] = []): string {
  const added = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (name) => !(columns as readonly string[]).includes(name),
  );
  const names = [...columns.filter((name) => !without.includes(name)), ...added];
  const line = (cells: readonly string[]) => `${cells.map(quoted).join(',')}\n`;
  return line(names) + rows.map((row) => line(names.map((name) => row[name] ?? blank[name] ?? ''))).join('');
}

const user = (name: string, row: Readonly<Record<string, string>> = {}) => ({
  user: name,
  arn: `arn:aws:iam::111122223333:user/${name}`,
  ...row,
});
const read = (Content: string, more: object = {}) => credentialReportSchema.safeParse({ Content, ...more });
const rowOf = (Content: string, name: string) => read(Content).data?.rows.get(name);

describe('columns', () => {
  test('22 of them, as AWS wrote for years', () => {
    expect(columns).toHaveLength(22);
    expect(rowOf(csv([user('ann', { mfa_active: 'true', cert_2_active: 'true' })]), 'ann')).toMatchObject({
      mfaActive: true,
      passwordEnabled: false,
      activeCertificates: 1,
    });
  });

  test('23, with one that was added', () => {
    expect(rowOf(csv([user('ann', { additional_credentials_info: 'none', cert_1_active: 'true' })]), 'ann')).toMatchObject({
      activeCertificates: 1,
    });
  });

  test('in any order', () => {
    const [header = '', row = ''] = csv([user('ann', { mfa_active: 'true' })])
      .trim()
      .split('\n');
    const reversed = [header, row].map((line) => line.split(',').toReversed().join(',')).join('\n');
    // What does not begin with the user name is taken for base64, which this is then.
    expect(rowOf(Buffer.from(reversed).toString('base64'), 'ann')).toMatchObject({ mfaActive: true });
  });

  test('without certificates: there are none', () => {
    const text = csv([user('ann')], ['cert_1_active', 'cert_2_active', 'password_last_changed']);
    expect(rowOf(text, 'ann')).toMatchObject({ activeCertificates: 0, passwordLastChanged: 'unsupported' });
  });

  test.each(['user', 'arn', 'mfa_active', 'password_enabled', 'access_key_1_active', 'access_key_2_last_used_date'])(
    'without %s it is no report',
    (name) => {
      const text = csv([user('ann')], [name]);
      const content = name === 'user' ? Buffer.from(text).toString('base64') : text;
      expect(read(content).error?.issues[0]?.message).toContain('is not a credential report');
    },
  );
});

describe('dates', () => {
  const cases = {
    'N/A': 'never',
    no_information: 'never',
    '': 'never',
    not_supported: 'unsupported',
    '2026-11-19T03:00:00+00:00': daysAgo(1),
    '2026-11-19T03:00:00Z': daysAgo(1),
    '2026-11-19T05:00:00+02:00': daysAgo(1),
  } as const;

  test.each(Object.entries(cases))('%p is %p', (text, date) => {
    const row = { password_last_used: text, access_key_1_last_rotated: text, access_key_2_last_used_date: text };
    expect(rowOf(csv([user('ann', row)]), 'ann')).toMatchObject({
      passwordLastUsed: date,
      keys: [{ lastRotated: date }, { lastUsed: date }],
    });
  });

  test('anything else is rejected with the place', () => {
    const problem = read(csv([user('ann', { password_last_used: 'yesterday'.repeat(20) })])).error?.issues[0]?.message ?? '';
    expect(problem).toMatch(/is not a date: yesterdayyesterday.*password_last_used/s);
    expect(problem.length).toBeLessThan(250);
  });
});

describe('names', () => {
  const names = ['a,b', 'a"b', 'a\nb', '=cmd()', '<img onerror>', '__proto__', 'constructor', 'ann@example.com', '\u001B[31m'];

  test.each(names)('%p is found', (name) => {
    expect(rowOf(csv([user('before'), user(name, { mfa_active: 'true' })]), name)).toMatchObject({
      user: name,
      mfaActive: true,
      isRoot: false,
    });
  });

  test('that no row has are not found', () => {
    expect(rowOf(csv([user('ann')]), 'constructor')).toBeUndefined();
  });
});

describe('root', () => {
  const root = { user: '<root_account>', arn: 'arn:aws:iam::111122223333:root' };

  test.each([
    ['not_supported', 'unsupported'],
    ['true', true],
    ['TRUE', true],
    ['false', false],
  ])('password_enabled %s is %p', (text, value) => {
    const report = read(csv([{ ...root, password_enabled: text }, user('ann')])).data;
    expect(report?.root).toMatchObject({ isRoot: true, passwordEnabled: value });
    expect([...(report?.rows.keys() ?? [])]).toEqual(['ann']);
  });

  test('may be missing', () => {
    expect(read(csv([user('ann')])).data).not.toHaveProperty('root');
  });
});

describe('the text', () => {
  const text = csv([user('ann'), user('bob')]);
  const names = (content: string) => [...(read(content).data?.rows.keys() ?? [])];
  const forms = {
    plain: text,
    'with every cell quoted, as a spreadsheet saves it': text.replaceAll(/[^,\n]+/g, '"$&"'),
    'with a byte order mark': `\uFEFF${text}`,
    'with the user in another column': text.replaceAll(/^([^,]*),([^,]*),/gm, '$2,$1,'),
    'in base64': Buffer.from(text).toString('base64'),
    'in base64, broken into lines': Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\n'),
    'in base64, with a byte order mark': Buffer.from(`\uFEFF${text}`).toString('base64'),
    'with Windows line ends': text.replaceAll('\n', '\r\n'),
    'without a line end': text.trimEnd(),
    'with empty lines': text.replaceAll('\n', '\n\n'),
  };

  test.each(Object.entries(forms))('%s', (_name, content) => {
    expect(names(content)).toEqual(['ann', 'bob']);
  });

  const spoiled = {
    'is cut in the middle of a row': text.slice(0, -30),
    'is cut in a quoted name': csv([user('a,b')]).slice(0, text.indexOf('\n') + 3),
    'is not CSV': 'user,"',
    'is HTML': '<html>503</html>',
    'is base64 of nothing known': Buffer.from('PK\u0003\u0004').toString('base64'),
    'has a row of one cell': `${text}carol\n`,
    'has a flag that is a date': csv([user('ann', { access_key_1_last_used_date: 'true' })]),
  };

  test.each(Object.entries(spoiled))('that %s is no report', (_name, content) => {
    expect(read(content).error?.issues[0]?.message).toContain('is not a credential report');
  });

  test.each([
    ['a row of one cell', `${text}carol\n`, /is not a credential report: .*Invalid Record Length/s],
    ['a spreadsheet', 'user;arn\nann;x\n', /is not a credential report: /],
  ])('that has %s says what is wrong', (_name, content, says) => {
    expect(read(content).error?.issues[0]?.message).toMatch(says);
  });

  test('that is empty is no report', () => {
    expect(read('').success).toBe(false);
  });

  test('that is not text is no report', () => {
    expect(credentialReportSchema.safeParse({ Content: 5 }).success).toBe(false);
  });
});

test('the time of the report may be missing', () => {
  const text = csv([user('ann')]);
  expect(read(text).data).not.toHaveProperty('generatedAt');
  expect(read(text, { GeneratedTime: null }).data).not.toHaveProperty('generatedAt');
  expect(read(text, { GeneratedTime: '2026-11-19T03:00:00+00:00' }).data?.generatedAt).toBe(daysAgo(1));
});

test('the sample reads whole', () => {
  const text = readFileSync(path.join(__dirname, '../../examples/acme/development/credential-report.csv'), 'utf8');
  expect(read(text).data?.rows.size).toBe(text.trim().split('\n').length - 2);
});
