import { buildSync } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { emptyWhy, marker, severityText } from '../bin/templates/check-page.ts';
import { escapeMarkdown } from '../bin/templates/markdown.ts';
import { checks } from '../lambda/scanner/checks/index.ts';
import { parseConfig } from '../lambda/scanner/config.ts';
import { actionsFor, factsFor, permissionsPolicy } from '../lambda/scanner/permissions.ts';
import { copyOfTheProject } from './support/project-copy.ts';

const ID = 'access-key-unrotated';
const PAGE = `docs/checks/${ID}.md`;
const OTHER = 'access-key-unused';
const OTHER_PAGE = `docs/checks/${OTHER}.md`;
const ADVICE = 'Run npm run generate.';

describe('npm run generate', () => {
  const copy = copyOfTheProject();
  /** The script, bundled as bin/run.mjs does it for each run. */
  const script = path.join(copy, 'bin/generate.mjs');
  const generate = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: copy, encoding: 'utf8' });
    return { status, stdout: lines(stdout), stderr: lines(stderr) };
  };
  const lines = (text: string) => text.split('\n').filter(Boolean).toSorted();
  const at = (file: string) => path.join(copy, file);
  const read = (file: string) => readFileSync(at(file), 'utf8');
  const schemas = ['iam-vigil', 'organization', 'report', 'settings', 'snapshot'].map(
    (name) => `docs/schemas/${name}.schema.json`,
  );
  const pages = ['docs/api.md', 'docs/checks.md', PAGE, OTHER_PAGE, 'docs/configuration.md', 'docs/permissions.md'];
  const everything = [...pages, ...schemas, 'lambda/scanner/checks/index.ts'];

  beforeAll(() => {
    buildSync({
      ...{ entryPoints: [at('bin/generate.ts')], outfile: script, bundle: true, packages: 'external' },
      ...{ platform: 'node', format: 'esm', target: 'node20.19' },
    });
    for (const { id } of checks.filter(({ id }) => id !== ID && id !== OTHER)) rmSync(at(`lambda/scanner/checks/${id}.ts`));
    rmSync(at('lambda/scanner/checks/index.ts'));
    rmSync(at('docs'), { recursive: true });
  });

  afterAll(() => {
    rmSync(copy, { recursive: true });
  });

  test('creates all files, and then finds nothing to do', () => {
    expect(generate()).toEqual({ status: 0, stdout: everything, stderr: [] });
    expect(generate('--check')).toEqual({ status: 0, stdout: [], stderr: [] });
  });

  test('--check names files that are out of date, missing or superfluous, and writes nothing', () => {
    const [stale, missing] = [everything.slice(0, 6), everything.slice(6)];
    for (const file of stale) writeFileSync(at(file), `x${read(file)}`);
    for (const file of missing) rmSync(at(file));
    writeFileSync(at('docs/checks/gone-check.md'), `${marker}${emptyWhy}`);
    const problems = [
      ...stale.map((file) => `${file} is out of date`),
      ...missing.map((file) => `${file} is missing`),
      ...['docs/checks/gone-check.md belongs to no check', ADVICE],
    ];
    expect(generate('--check')).toEqual({ status: 1, stdout: [], stderr: lines(problems.join('\n')) });
    for (const file of stale) expect(read(file)).toMatch(/^x/);
    expect(missing.some((file) => existsSync(at(file)))).toBe(false);

    expect(generate()).toEqual({ status: 0, stdout: lines([...everything, 'docs/checks/gone-check.md'].join('\n')), stderr: [] });
    expect(readdirSync(at('docs/checks')).toSorted()).toEqual([`${ID}.md`, `${OTHER}.md`]);
  });

  test('keeps the text below the marker, restores the heading above it, and keeps the number of techniques in the README true', () => {
    const readme = readFileSync(path.join(__dirname, '../README.md'), 'utf8');
    writeFileSync(at('README.md'), readme.replace(/It knows \d+ /, 'It knows more than 7 '));
    const written = read(PAGE).replace(emptyWhy, () => `${emptyWhy}\nKeys   leak.\n\n\n* and _this_ stays\n`);
    writeFileSync(at(PAGE), written.replace('# access', '# stale'));
    const page = read(OTHER_PAGE);
    writeFileSync(at(OTHER_PAGE), `${page.slice(0, page.indexOf(marker))}${marker}\n\nKeys leak.\n`);

    expect(generate()).toEqual({ status: 0, stdout: ['README.md', PAGE, OTHER_PAGE], stderr: [] });
    expect(read('README.md')).toBe(readme);
    expect(read(PAGE)).toBe(written);
    expect(read(OTHER_PAGE)).toContain(`${marker}${emptyWhy}\n\nKeys leak.\n`);
    expect(generate('--check')).toEqual({ status: 0, stdout: [], stderr: [] });
  });

  test('changes neither a page without a marker nor a handwritten page of a removed check', () => {
    const page = read(PAGE);
    const [broken, gone] = [page.replace(marker, ''), `${marker}${emptyWhy}\nWords.\n`];
    writeFileSync(at(PAGE), broken);
    writeFileSync(at('docs/checks/gone-check.md'), gone);
    const { status, stderr } = generate();
    expect(status).toBe(1);
    expect(stderr).toEqual([
      expect.stringContaining(`${PAGE} has no marker`),
      expect.stringContaining('docs/checks/gone-check.md belongs to no check but has handwritten text'),
    ]);
    expect([read(PAGE), read('docs/checks/gone-check.md')]).toEqual([broken, gone]);
    rmSync(at('docs/checks/gone-check.md'));
    writeFileSync(at(PAGE), page);
  });

  test.each([
    ['of another id', `export default { id: 'other-check', needs: [], run: () => [] };`, 'must export the check wrong-check'],
    ['without a default export', 'export const check = 1;', 'No matching export'],
  ])('rejects a check %s', (_name, text, message) => {
    const file = at('lambda/scanner/checks/wrong-check.ts');
    writeFileSync(file, text);
    const { status, stderr } = generate('--check');
    rmSync(file);
    expect(status).toBe(1);
    expect(stderr.join('\n')).toContain(message);
  });
});

describe('a page', () => {
  const page = (id: string) => readFileSync(path.join(__dirname, `../docs/checks/${id}.md`), 'utf8');

  test.each(checks.map((check) => [check.id, check] as const))('of %s has the metadata', (id, check) => {
    const text = page(id);
    expect(text).toContain(`**Severity:** ${severityText(check)}.`);
    for (const word of [...check.needs, ...actionsFor([check]), ...Object.keys(check.params)])
      expect(text).toContain(`\`${word}\``);
    for (const [name, controls] of Object.entries(check.standards)) expect(text).toContain(`| ${name} | ${controls} |`);
  });

  test.each(checks.map(({ id }) => id))('of %s shows a valid configuration', (id) => {
    const blocks = [...page(id).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) expect(() => parseConfig(block, checks)).not.toThrow();
  });

  test('escapes text', () => {
    expect(escapeMarkdown('`a|b` <img> * [x] a_b | c')).toBe(
      String.raw`\`a|b\` \<img\> \* \[x\] a\_b \| c`.replaceAll('\\`', '`'),
    );
  });
});

describe('permissions', () => {
  test.each<[string, Parameters<typeof factsFor>[0], readonly string[]]>([
    ['a fact alone', [{ needs: ['passwordPolicy'] }], ['passwordPolicy']],
    ['a derived fact needs the facts it is derived from', [{ needs: ['access'] }], ['identities']],
    [
      'a severity that is raised for admins needs the analysis',
      [{ needs: ['accountSummary'], raisedForAdmins: true }],
      ['identities', 'accountSummary'],
    ],
    [
      'a fact needs the facts that list its items',
      [{ needs: ['mfaCertifications'] }],
      ['identities', 'accountSummary', 'credentialReport', 'virtualMfaDevices', 'mfaDevices', 'mfaCertifications'],
    ],
    [
      'through several steps',
      [{ needs: ['accessKeyLastUsed'] }],
      ['identities', 'credentialReport', 'accessKeys', 'accessKeyLastUsed'],
    ],
    ['through the analysis', [{ needs: ['sshPublicKeys'] }], ['identities', 'sshPublicKeys']],
    ['each once', [{ needs: ['identities'] }, { needs: ['identities', 'access'] }], ['identities']],
    ['no checks', [], []],
  ])('facts: %s', (_name, needy, facts) => {
    expect(factsFor(needy)).toEqual(facts);
  });

  test('the actions are sorted, each once', () => {
    expect(actionsFor([{ needs: ['signingCertificates'] }, { needs: ['credentialReport'] }])).toEqual([
      'iam:GenerateCredentialReport',
      'iam:GetAccountAuthorizationDetails',
      'iam:GetCredentialReport',
      'iam:GetPolicy',
      'iam:GetPolicyVersion',
      'iam:ListSigningCertificates',
    ]);
  });

  test('the policy allows those actions and nothing else', () => {
    expect(permissionsPolicy([{ needs: ['organization'] }])).toEqual({
      Version: '2012-10-17',
      Statement: [{ Sid: 'IamVigilScan', Effect: 'Allow', Action: ['organizations:DescribeOrganization'], Resource: '*' }],
    });
  });

  test('no check needs more than read access', () => {
    for (const action of actionsFor(checks))
      expect(action).toMatch(
        /^(iam|account|organizations|access-analyzer|rolesanywhere|ec2):(Get|List|Describe|GenerateCredentialReport)/,
      );
  });
});
