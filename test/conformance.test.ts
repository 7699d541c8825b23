import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { checks } from '../lambda/scanner/checks/index.ts';
import { rawFactNames, rawFacts } from '../lambda/scanner/facts/index.ts';
import { memberActions, organizationActions } from '../lambda/scanner/permissions.ts';

const root = path.join(__dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const ids = readdirSync(path.join(root, 'lambda/scanner/checks'))
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  .map((name) => path.basename(name, '.ts'));

/** Checks that only list what there is: no state of theirs passes or fails, so their title has no "should". */
const inventories: ReadonlySet<string> = new Set(['admin-inventory']);

describe.each(ids)('%s', (id) => {
  const check = checks.find((listed) => listed.id === id);
  if (!check) {
    // One test that says what to do, in place of many that cannot be made.
    test('is in the generated list (npm run generate) under the name of its file', () => {
      expect(checks.map((listed) => listed.id)).toContain(id);
    });
    return;
  }
  const { title, rationale, remediation, needs, params } = check;

  test('has an id in kebab-case, of two words or more', () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
  });

  test('has a title that says what should hold, as the controls of AWS do', () => {
    expect(title).toMatch(/^[A-Z].*[^.!?;:,\s]$/);
    expect(title).not.toMatch(/^(Ensure|Check|Verify|Make sure)\b/i);
    if (inventories.has(id)) expect(title).toMatch(/ \(informational\)$/);
    else expect(title).toMatch(/ should /);
  });

  test('says why it matters and what to do, and is finished', () => {
    expect(rationale).toMatch(/\S/);
    if (remediation !== undefined) expect(remediation).toMatch(/\S/);
    expect(read(`lambda/scanner/checks/${id}.ts`)).not.toContain('TODO');
  });

  test('needs facts, each named once', () => {
    expect(needs.length).toBeGreaterThan(0);
    expect(new Set(needs).size).toBe(needs.length);
  });

  test('has parameters in camel case', () => {
    for (const name of Object.keys(params)) expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
  });

  test('has a test that goes through describeCheck', () => {
    const file = `test/checks/${id}.test.ts`;
    expect(existsSync(path.join(root, file)) ? read(file) : `${file} does not exist`).toMatch(
      new RegExp(String.raw`from '../../lambda/scanner/checks/${id}\.ts'[\s\S]*\bdescribeCheck\(`),
    );
  });

  test('has a page', () => {
    expect(existsSync(path.join(root, `docs/checks/${id}.md`))).toBe(true);
  });
});

/** What the points of ISO 27001:2022, Annex A, and of NIS2 that checks are mapped to are about. */
const subjects: Readonly<Record<string, string>> = {
  'A.5.15': 'access control',
  'A.5.16': 'identity management',
  'A.5.17': 'authentication information',
  'A.5.18': 'access rights',
  'A.5.19': 'information security in supplier relationships',
  'A.5.26': 'response to information security incidents',
  'A.8.2': 'privileged access rights',
  'A.8.3': 'information access restriction',
  'A.8.5': 'secure authentication',
  'A.8.16': 'monitoring activities',
  'Art. 21(2)(b)': 'incident handling',
  'Art. 21(2)(d)': 'supply chain security',
  'Art. 21(2)(i)': 'human resources security, access control policies and asset management',
  'Art. 21(2)(j)': 'multi-factor authentication, secured communications',
};

test('checks are mapped to points of ISO 27001 and NIS2 that exist and are about identities', () => {
  const points = checks.flatMap(({ standards }) =>
    [standards['ISO 27001:2022'], standards.NIS2].flatMap((controls = '') =>
      controls.split(', ').map((control) => control.replace(/^(?=21)/, 'Art. ')),
    ),
  );
  expect([...new Set(points)].filter((point) => point !== '' && !Object.hasOwn(subjects, point))).toEqual([]);
});

test('the list of facts holds every fact that is declared, under the name of its file', () => {
  const files = readdirSync(path.join(root, 'lambda/scanner/facts')).filter((name) => name.endsWith('.ts'));
  const declared = files.filter((name) => /^} as const satisfies Fact;$/m.test(read(`lambda/scanner/facts/${name}`)));
  const fileOf = (name: string) => `${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
  expect(rawFactNames.map(fileOf).toSorted()).toEqual(declared.toSorted());
});

test('the list holds every check once, by id', () => {
  expect(checks.map(({ id }) => id)).toEqual(ids.toSorted());
});

test('everything generated is fresh', () => {
  const { status, stderr } = spawnSync(process.execPath, ['bin/run.mjs', 'bin/generate.ts', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

/** Services whose IAM actions begin otherwise than the name of their client. */
const prefixes: Readonly<Record<string, string>> = {
  'sso-admin': 'sso',
  accessanalyzer: 'access-analyzer',
  'auto-scaling': 'autoscaling',
};

test('the permissions are those of the calls that the collectors import, and no others', () => {
  const names = readdirSync(path.join(root, 'lambda/scanner/collect'), { recursive: true, encoding: 'utf8' });
  const collectors = names.filter((name) => name.endsWith('.ts')).map((name) => read(`lambda/scanner/collect/${name}`));
  const imports = collectors.flatMap((text) => [
    ...text.matchAll(/import \{([^}]*)\} from '(?:@aws-sdk|\.)\/client-([a-z0-9-]+)(?:\.ts)?'/g),
  ]);
  const called = imports.flatMap(([, names = '', service = '']) =>
    [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name = '']) => `${prefixes[service] ?? service}:${name}`),
  );
  const granted = [...rawFactNames.flatMap((name) => rawFacts[name].actions), ...organizationActions, ...memberActions];
  // Every scan begins with GetCallerIdentity, which needs no permission.
  expect(new Set(called)).toEqual(new Set([...granted, 'sts:GetCallerIdentity']));
});
