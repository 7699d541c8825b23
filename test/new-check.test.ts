import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyOfTheProject } from './support/project-copy.ts';

const ID = 'user-without-any-owner-tag-to-ask-about-it';
const CHECK = `lambda/scanner/checks/${ID}.ts`;
const TEST = `test/checks/${ID}.test.ts`;

const copy = copyOfTheProject();
const node = (...args: readonly string[]) =>
  new Promise<{ readonly status: unknown; readonly output: string }>((done) => {
    execFile(process.execPath, args, { cwd: copy }, (error, stdout, stderr) => {
      done({ status: error ? error.code : 0, output: stdout + stderr });
    });
  });
const newCheck = (...args: readonly string[]) => node('bin/run.mjs', 'bin/new-check.ts', ...args);
const nothingWrong = { status: 0, output: '' };

/** The compiler and the linter check only these two files and their imports: the whole project takes too long. */
function narrowTheProject() {
  const file = path.join(copy, 'tsconfig.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...settings, include: [CHECK, TEST] }));
}

afterAll(() => {
  rmSync(copy, { recursive: true });
});

test('a new check is registered, documented, and passes its own test, the compiler and the linters', async () => {
  const made = await newCheck(ID);
  expect(made).toMatchObject({ status: 0 });
  expect(made.output).toContain(`${CHECK}\n${TEST}\n`);
  expect(readFileSync(path.join(copy, 'lambda/scanner/checks/index.ts'), 'utf8')).toContain(`from './${ID}.ts'`);
  expect(existsSync(path.join(copy, `docs/checks/${ID}.md`))).toBe(true);

  narrowTheProject();
  const [fresh, tested, formatted, linted, compiled] = await Promise.all([
    node('bin/run.mjs', 'bin/generate.ts', '--check'),
    node('node_modules/jest/bin/jest.js', '--verbose', TEST),
    node('node_modules/prettier/bin/prettier.cjs', '--log-level=warn', '--check', CHECK, TEST),
    node('node_modules/eslint/bin/eslint.js', CHECK, TEST),
    node('node_modules/typescript/bin/tsc'),
  ]);
  expect({ fresh, formatted, linted, compiled }).toEqual({
    fresh: nothingWrong,
    formatted: nothingWrong,
    linted: nothingWrong,
    compiled: nothingWrong,
  });
  expect(tested).toMatchObject({ status: 0 });
  for (const name of ['passes: ', 'fails: ', 'ignores: ', 'does not know when identities cannot be seen'])
    expect(tested.output).toContain(`✓ ${name}`);
}, 180_000);

test.each([
  ['no ID', [], 'give one ID in kebab-case'],
  ['two IDs', ['a-check', 'b-check'], 'give one ID in kebab-case'],
  ['capitals', ['Access-Key'], 'give one ID in kebab-case'],
  ['one word', ['index'], 'give one ID in kebab-case'],
  ['a path', ['../../a-check'], 'give one ID in kebab-case'],
  ['an existing ID', ['access-key-unrotated'], 'lambda/scanner/checks/access-key-unrotated.ts already exists'],
])('rejects %s', async (_name, args, message) => {
  const { status, output } = await newCheck(...args);
  expect(status).toBe(2);
  expect(output).toContain(`no check was created: ${message}`);
});
