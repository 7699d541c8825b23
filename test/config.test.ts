import { checks } from '../lambda/scanner/checks/index.ts';
import { defaultConfig, parseConfig } from '../lambda/scanner/config.ts';
import { UsageError } from '../lambda/scanner/errors.ts';
import { pageUrl } from '../lambda/scanner/model/page-url.ts';
import { type Check, defineCheck, pass } from '../lambda/scanner/check.ts';

const made: Check = defineCheck({
  id: 'a-made-up-check',
  title: 'It holds',
  severity: 'LOW',
  rationale: 'None.',
  standards: {},
  needs: ['passwordPolicy'],
  params: { days: 30, name: 'x', strict: true, services: ['s3'] },
  select: () => [],
  judge: () => pass,
  remediation: 'Nothing.',
});

const parse = (text: string) => parseConfig(text, [...checks, made], 'here.yaml');
const problemOf = (text: string): string => {
  try {
    parse(text);
    return 'accepted';
  } catch (error) {
    return error instanceof UsageError ? error.message : `not a UsageError: ${String(error)}`;
  }
};

/** One exception, with lines replaced, added or (undefined) left out. */
const exception = (changes: Readonly<Record<string, string | undefined>> = {}): string => {
  const lines = {
    check: 'access-key-unused',
    principal: 'arn:aws:iam::111122223333:user/ci',
    reason: 'moves in May',
    owner: 'platform team',
    expires: '2027-06-01',
  };
  const all: Readonly<Record<string, string | undefined>> = { ...lines, ...changes };
  const fields = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `exceptions:\n  - ${fields.join('\n    ')}\n`;
};

test.each([
  ['', 'empty'],
  ['# only a comment\n', 'a comment'],
  ['{}', 'an empty object'],
  ['checks: {}\nexceptions: []\nbreakGlass: {}\n', 'empty parts'],
])('nothing is decided by %j (%s)', (text) => {
  expect(parse(text)).toEqual(defaultConfig);
});

describe('environments', () => {
  test('name accounts and organizational units, with an account id also as a number', () => {
    const text = "environments: { production: ['333344445555', ou-ab12-prod, Workloads], development: [777788889999] }";
    expect(parse(text).environments).toEqual({
      production: ['333344445555', 'ou-ab12-prod', 'Workloads'],
      development: ['777788889999'],
    });
  });

  test.each([
    ['environments: { prod: [x] }', 'prod'],
    ['environments: { production: x }', 'production'],
    ['environments: { production: [x], staging: [x] }', 'must name an account or a unit once'],
  ])('%s is refused', (text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });
});

test('the address of the documentation is taken over', () => {
  const docsUrl = 'https://wiki.example.com/iam-vigil/{version}/{check}.md';
  expect(parse(`docsUrl: ${docsUrl}`)).toEqual({ ...defaultConfig, docsUrl });
  expect(pageUrl(docsUrl, 'admin-user', '1.2.0')).toBe('https://wiki.example.com/iam-vigil/1.2.0/admin-user.md');
});

describe('checks', () => {
  test('are switched on and off', () => {
    expect(parse('checks:\n  access-key-unused: { enabled: false }\n').checks.get('access-key-unused')).toEqual({
      enabled: false,
      params: {},
    });
  });

  test('have parameters of the type of their default', () => {
    const { checks: settings } = parse('checks:\n  a-made-up-check: { days: 7, name: y, strict: false, services: [ec2, iam] }\n');
    expect(settings.get('a-made-up-check')).toEqual({ params: { days: 7, name: 'y', strict: false, services: ['ec2', 'iam'] } });
  });

  test('that are not named are not decided', () => {
    expect(parse('checks:\n  a-made-up-check: { days: 0 }\n').checks.size).toBe(1);
  });
});

describe('break-glass identities', () => {
  test('are named by ARN and by tag', () => {
    const text = 'breakGlass:\n  arns: ["arn:aws:iam::*:user/break-glass-*"]\n  tags: { break-glass: "true" }\n';
    expect(parse(text).breakGlass).toEqual({ arns: ['arn:aws:iam::*:user/break-glass-*'], tags: { 'break-glass': 'true' } });
  });
});

describe('assertions', () => {
  test('say who may be administrator where, and which roles no outside account may assume', () => {
    const text = `assertions:
  - { name: a, onlyAdmins: ['arn:aws:iam::*:role/x'], in: [production, 012345678901] }
  - { name: b, noOutsideAssume: ['*'], except: [111122223333] }
`;
    expect(parse(text).assertions).toEqual([
      { name: 'a', onlyAdmins: ['arn:aws:iam::*:role/x'], in: ['production', '012345678901'] },
      { name: 'b', noOutsideAssume: ['*'], except: ['111122223333'] },
    ]);
  });

  test('may say that there is no administrator', () => {
    expect(parse('assertions: [{ name: a, onlyAdmins: [] }]').assertions).toEqual([{ name: 'a', onlyAdmins: [] }]);
  });
});

describe('exceptions', () => {
  test('have a check, a principal, a reason, an owner and an end', () => {
    expect(parse(exception()).exceptions).toEqual([
      {
        check: 'access-key-unused',
        principal: 'arn:aws:iam::111122223333:user/ci',
        reason: 'moves in May',
        owner: 'platform team',
        expires: Date.parse('2027-06-01'),
      },
    ]);
  });

  test.each([
    ['2027-06-01', '2027-06-01T00:00:00Z'],
    ['2027-06-01T00:30:00+13:00', '2027-05-31T11:30:00Z'],
    ['2027-05-31T23:30:00-10:00', '2027-06-01T09:30:00Z'],
    ['2028-02-29', '2028-02-29T00:00:00Z'],
  ])('that expire %s expire at %s, wherever it is read', (expires, utc) => {
    expect(parse(exception({ expires })).exceptions).toMatchObject([{ expires: Date.parse(utc) }]);
  });

  test('may say what was accepted', () => {
    const accepted = { severity: 'HIGH', verdict: 'admin', otherAccounts: 2 };
    expect(parse(exception({ accepted: JSON.stringify(accepted) })).exceptions).toMatchObject([{ accepted }]);
  });

  test('may have a ticket, and an end to the minute', () => {
    expect(parse(exception({ ticket: 'OPS-1', expires: '2027-06-01T12:00:00+02:00' })).exceptions).toMatchObject([
      { ticket: 'OPS-1', expires: Date.parse('2027-06-01T10:00:00Z') },
    ]);
  });
});

/** A few lines that would fill the memory if every alias were followed. */
const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  .concat(
    Array.from(
      'bcdefghi',
      (name, index) =>
        `${name}: &${name} [${Array(9)
          .fill(`*${'abcdefgh'.charAt(index)}`)
          .join(', ')}]`,
    ),
  )
  .join('\n');

describe('an error names its place', () => {
  const cases: Readonly<Record<string, { text: string; says: readonly (string | RegExp)[] }>> = {
    'a list': { text: '- 1\n', says: ['expected object, received array'] },
    'a text': { text: 'hello\n', says: ['expected object, received string'] },
    'not YAML': { text: 'checks: [\n', says: [/^here\.yaml is not valid YAML: .*line 2/s] },
    'a key twice': { text: 'checks: {}\nchecks: {}\n', says: [/^here\.yaml is not valid YAML: .*unique/s] },
    'two documents': { text: 'checks: {}\n---\nchecks: {}\n', says: [/^here\.yaml is not valid YAML: /] },
    'aliases without end': { text: bomb, says: [/^here\.yaml is not valid YAML: .*alias/s] },
    'an unknown key': { text: '\ncheck: {}\n', says: ['Unrecognized key: "check"', '→ line 2, column 1'] },
    'a key that objects inherit': { text: 'constructor: {}\n', says: ['Unrecognized key: "constructor"'] },
    'checks that are a list': { text: 'checks: [access-key-unused]\n', says: ['expected object', 'at checks'] },
    'checks that are nothing': { text: 'checks:\n', says: ['at checks'] },
    'a check that there is not': { text: 'checks:\n  access-key-unussed: {}\n', says: ['"access-key-unussed"', 'at checks'] },
    'a check that objects inherit': { text: 'checks:\n  toString: {}\n', says: ['"toString"', 'at checks'] },
    'a parameter that there is not': {
      text: 'checks:\n  access-key-unused: { maxDays: 5 }\n',
      says: ['"maxDays"', 'at checks["access-key-unused"]'],
    },
    'a number as text': {
      text: 'checks:\n  access-key-unused: { maxUnusedDays: "45" }\n',
      says: ['expected number', 'at checks["access-key-unused"].maxUnusedDays'],
    },
    'a number below zero': {
      text: 'checks:\n  access-key-unused: { maxUnusedDays: -1 }\n',
      says: ['at checks["access-key-unused"].maxUnusedDays'],
    },
    'no number': {
      text: 'checks:\n  access-key-unused: { maxUnusedDays: .nan }\n',
      says: ['at checks["access-key-unused"].maxUnusedDays'],
    },
    'a text that is a number': { text: 'checks:\n  a-made-up-check: { name: 5 }\n', says: ['at checks["a-made-up-check"].name'] },
    'a yes that is a text': {
      text: 'checks:\n  a-made-up-check: { strict: yes }\n',
      says: ['at checks["a-made-up-check"].strict'],
    },
    'a list that is a text': {
      text: 'checks:\n  a-made-up-check: { services: s3 }\n',
      says: ['at checks["a-made-up-check"].services'],
    },
    'enabled that is a text': {
      text: 'checks:\n  a-made-up-check: { enabled: "no" }\n',
      says: ['at checks["a-made-up-check"].enabled'],
    },
    'an address without the check': { text: 'docsUrl: https://wiki.example.com/iam-vigil\n', says: ['must contain {check}'] },
    'an address that is none': { text: 'docsUrl: wiki/{check}\n', says: ['must be an address such as', 'at docsUrl'] },
    'an address of a program': { text: "docsUrl: 'javascript:alert({check})'\n", says: ['must be an address such as'] },
    'an assertion without a statement': {
      text: 'assertions:\n  - name: a\n',
      says: ['must have either onlyAdmins or noOutsideAssume', 'at assertions[0], line 2, column 5'],
    },
    'an assertion with both statements': {
      text: "assertions:\n  - { name: a, onlyAdmins: [], noOutsideAssume: ['*'] }\n",
      says: ['must have either onlyAdmins or noOutsideAssume'],
    },
    'exceptions from an assertion about admins': {
      text: "assertions:\n  - { name: a, onlyAdmins: [], except: ['111122223333'] }\n",
      says: ['goes with noOutsideAssume only', 'at assertions[0].except, line 2, column 40'],
    },
    'two assertions of a name': {
      text: 'assertions:\n  - { name: a, onlyAdmins: [] }\n  - { name: a, onlyAdmins: [] }\n',
      says: ['must have different names', 'at assertions, line 2, column 3'],
    },
    'an assertion about a name that is no ARN': {
      text: 'assertions:\n  - { name: a, onlyAdmins: [anna] }\n',
      says: ['must be an ARN', 'at assertions[0].onlyAdmins[0], line 2, column 29'],
    },
    'an assertion about no role': {
      text: 'assertions:\n  - { name: a, noOutsideAssume: [] }\n',
      says: ['at assertions[0].noOutsideAssume'],
    },
    'an assertion that excepts a name': {
      text: "assertions:\n  - { name: a, noOutsideAssume: ['*'], except: [vendor] }\n",
      says: ['must be the ID of an account', 'at assertions[0].except[0]'],
    },
    'an assertion without a name': { text: 'assertions:\n  - onlyAdmins: []\n', says: ['at assertions[0].name'] },
    'an assertion with an unknown key': {
      text: 'assertions:\n  - { name: a, onlyAdmin: [] }\n',
      says: ['"onlyAdmin"', 'line 2, column 16'],
    },
    'an unknown key of breakGlass': { text: 'breakGlass: { arn: [] }\n', says: ['"arn"', 'at breakGlass'] },
    'a tag that is a number': { text: 'breakGlass: { tags: { x: 1 } }\n', says: ['at breakGlass.tags.x'] },
    'an exception of a check that there is not': {
      text: exception({ check: 'access-key' }),
      says: ['must be the ID of a check', 'at exceptions[0].check'],
    },
    'an exception without a reason': { text: exception({ reason: undefined }), says: ['at exceptions[0].reason'] },
    'an exception with an empty reason': { text: exception({ reason: "''" }), says: ['at exceptions[0].reason'] },
    'an exception without an owner': {
      text: exception({ owner: undefined }),
      says: ['at exceptions[0].owner, line 2, column 5'],
    },
    'an exception without an end': { text: exception({ expires: undefined }), says: ['at exceptions[0].expires'] },
    'an exception with an end that is no date': {
      text: exception({ expires: 'never' }),
      says: ['is not a date', 'at exceptions[0].expires'],
    },
    'an exception with an end that no calendar has': {
      text: exception({ expires: '2027-02-30' }),
      says: ['is not a date', 'at exceptions[0].expires, line 6, column 14'],
    },
    'an exception that accepted a verdict that there is not': {
      text: exception({ accepted: '{ verdict: root }' }),
      says: ['at exceptions[0].accepted.verdict, line 7, column 26'],
    },
    'an exception with a year as its end': {
      text: exception({ expires: '2027' }),
      says: ['must be a date such as 2027-06-01', 'at exceptions[0].expires'],
    },
    'an exception with an unknown key': {
      text: exception({ until: '2027-06-01' }),
      says: ['"until"', 'at exceptions[0], line 7, column 5'],
    },
  };

  test.each(Object.entries(cases))('%s', (_name, { text, says }) => {
    const problem = problemOf(text);
    expect(problem).toMatch(/^here\.yaml is not valid(:\n| YAML: )/);
    for (const words of says)
      expect(problem).toEqual(typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words));
  });

  test('all errors are reported at once', () => {
    const problem = problemOf(`${exception({ reason: undefined, owner: undefined })}checks:\n  nothing: {}\n`);
    for (const place of ['exceptions[0].reason', 'exceptions[0].owner', '"nothing"']) expect(problem).toContain(place);
  });

  test('the file is called by its usual name where no other is given', () => {
    expect(() => parseConfig('x: 1', checks)).toThrow(/^iam-vigil\.yaml is not valid/);
  });
});

test.each([
  ['a tag that nothing knows', 'checks: !foo {} # \u001B[31m', /is not valid YAML: Unresolved tag: !foo/],
  ['aliases that grow to millions of values', aliases(12), /is not valid YAML: Excessive alias count/],
  ['lists in lists', '['.repeat(100_000), /is not valid YAML: /],
])('%s is refused, and nothing is printed on the way', (_name, text, message) => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  expect(() => parseConfig(text, checks)).toThrow(message);
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

/** Each list has the one before nine times. */
function aliases(levels: number): string {
  const lines = Array.from({ length: levels }, (_, level) => {
    const items = Array<string>(9).fill(level === 0 ? 'x' : `*a${level - 1}`);
    return `a${level}: &a${level} [${items.join(', ')}]`;
  });
  return lines.join('\n');
}
