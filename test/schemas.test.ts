import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readAccountFolder } from '../lambda/scanner/collect/read-account-folder.ts';
import { developmentAccount } from './collect/busy-account.ts';
import { aChange } from './support/changes.ts';
import { problemsBy } from './support/published-schema.ts';
import { smallAccount } from './support/aws/small-account.ts';
import { aFinding, aReport, aVerdict } from './report/report-builder.ts';

const root = path.join(__dirname, '..');
const at = (...parts: readonly string[]) => path.join(root, 'examples', ...parts);
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('snapshot.schema.json', () => {
  const problems = problemsBy('snapshot');

  test.each(['acme/acquired', 'acme/development', 'acme/management', 'acme/production', 'clean'])(
    'takes the snapshot of examples/%s',
    async (name) => {
      expect(problems(json(await readAccountFolder(at(name), readdirSync(at(name)))))).toEqual([]);
    },
  );

  test('takes what a collection saves', () => {
    expect(problems(json(smallAccount))).toEqual([]);
  });

  test.each<[string, (facts: Readonly<Record<string, unknown>>) => object, RegExp]>([
    ['another version', () => ({ schemaVersion: 2 }), /^\/schemaVersion: must be equal to constant$/],
    ['a short account ID', () => ({ accountId: '1234' }), /^\/accountId: must match pattern/],
    [
      'an unknown state of a fact',
      (facts) => ({ facts: { ...facts, passwordPolicy: { status: 'lost' } } }),
      /^\/facts\/passwordPolicy/,
    ],
    [
      'a user without a name, deep in a list',
      (facts) => ({
        facts: { ...facts, identities: { status: 'collected', value: { UserDetailList: [{ UserId: 'AIDA' }] } } },
      }),
      /^\/facts\/identities\/value\/UserDetailList\/0: must have required property 'UserName'$/,
    ],
    [
      'the keys of one user that are no list',
      (facts) => ({
        facts: {
          ...facts,
          accessKeys: { status: 'collected', value: { ann: { status: 'collected', value: { AccessKeyMetadata: 7 } } } },
        },
      }),
      /^\/facts\/accessKeys\/value\/ann\/value\/AccessKeyMetadata: must be array$/,
    ],
  ])('refuses %s', async (_what, change, problem) => {
    const file = await developmentAccount();
    expect(problems(json({ ...file, ...change(file.facts) }))).toContainEqual(expect.stringMatching(problem));
  });
});

describe('organization.schema.json', () => {
  const problems = problemsBy('organization');
  const organization = JSON.parse(readFileSync(at('acme/organization.json'), 'utf8')) as object;

  test('takes the organization of the sample, and a part that could not be collected', () => {
    expect(problems(organization)).toEqual([]);
    expect(
      problems({ ...organization, Users: { status: 'unavailable', reason: 'denied', action: 'identitystore:ListUsers' } }),
    ).toEqual([]);
  });

  test('refuses an account without an ID', () => {
    expect(problems({ ...organization, Accounts: [{ Name: 'x' }] })).toContainEqual(
      "/Accounts/0: must have required property 'Id'",
    );
  });
});

describe('report.schema.json', () => {
  const problems = problemsBy('report');
  const report = aReport([aFinding('ann')], {
    admins: [{ ...aVerdict('ann'), account: '111122223333' }],
    changes: [aChange('access-key-added', 'HIGH')],
  });

  test('takes a report', () => {
    expect(problems(json(report))).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['a missing list', { findings: undefined }, ": must have required property 'findings'"],
    [
      'an unknown severity',
      { findings: [aFinding('ann'), { ...aFinding('bob'), severity: 'SEVERE' }] },
      '/findings/1/severity: must be equal to one of the allowed values',
    ],
    [
      'a verdict of another type',
      { admins: [{ ...aVerdict('ann'), account: '1', verdict: true }] },
      '/admins/0/verdict: must be string',
    ],
    [
      'an unknown kind of change',
      { changes: [{ ...aChange('access-key-added', 'HIGH'), kind: 'became-blue' }] },
      '/changes/0/kind: must be equal to one of the allowed values',
    ],
  ])('refuses %s', (_what, change, problem) => {
    expect(problems(json({ ...report, ...change }))).toContain(problem);
  });

  test('says what the fields are, those of an extended interface included', () => {
    const { $defs } = JSON.parse(readFileSync(path.join(root, 'docs/schemas/report.schema.json'), 'utf8')) as {
      readonly $defs: Readonly<
        Record<string, { readonly properties: Readonly<Record<string, { readonly description?: string }>> }>
      >;
    };
    expect($defs['InformationalRecord']?.properties['headline']?.description).toBe(
      'What is wrong with which resource, in at most 120 characters.',
    );
    expect($defs['VerdictWithUsers']?.properties['platform']?.description).toMatch(/^Created and managed by AWS/);
  });
});

describe('iam-vigil.schema.json', () => {
  const problems = problemsBy('iam-vigil');
  const page = (name: string) => readFileSync(path.join(root, 'docs', name), 'utf8');
  const blocks = (text: string) => [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);

  test.each(['acme', 'clean'])('takes examples/%s/iam-vigil.yaml, which names it for editors', (name) => {
    const text = readFileSync(at(name, 'iam-vigil.yaml'), 'utf8');
    expect(problems(parse(text))).toEqual([]);
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(text) ?? [];
    expect(path.join(at(name), schema)).toBe(path.join(root, 'docs/schemas/iam-vigil.schema.json'));
  });

  test('takes the configuration on the page of each check, and on those of configuration and exceptions', () => {
    const pages = [
      ...readdirSync(path.join(root, 'docs/checks')).map((name) => `checks/${name}`),
      'configuration.md',
      'exceptions.md',
    ];
    const examples = pages.flatMap((name) => blocks(page(name)));
    expect(examples.length).toBeGreaterThan(80);
    for (const example of examples) expect([example, problems(parse(example))]).toEqual([example, []]);
  });

  test.each([
    ['an unknown setting', 'exeptions: []', ': must NOT have additional properties'],
    ['an unknown check', 'checks:\n  admin-usr:\n    enabled: false', '/checks: must NOT have additional properties'],
    ['an unknown parameter', 'checks:\n  admin-user:\n    days: 3', '/checks/admin-user: must NOT have additional properties'],
    [
      'a parameter of another type',
      'checks:\n  admin-unused:\n    maxUnusedDays: many',
      '/checks/admin-unused/maxUnusedDays: must be number',
    ],
    [
      'an exception without a reason',
      'exceptions:\n  - check: admin-user\n    principal: "*"\n    owner: me\n    expires: 2027-01-01',
      "/exceptions/0: must have required property 'reason'",
    ],
    [
      'an exception for an unknown check',
      'exceptions:\n  - check: admin-usr',
      '/exceptions/0/check: must be equal to one of the allowed values',
    ],
  ])('refuses %s', (_what, yaml, problem) => {
    expect(problems(parse(yaml))).toContain(problem);
  });
});
