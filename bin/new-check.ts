import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { newCheck, newCheckTest } from './templates/new-check.ts';

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;

const [id = '', ...more] = process.argv.slice(2);
const files = [
  { file: `lambda/scanner/checks/${id}.ts`, text: newCheck(id) },
  { file: `test/checks/${id}.test.ts`, text: newCheckTest(id) },
];

const refusal = refuse();
if (refusal === undefined) {
  for (const { file, text } of files) {
    await mkdir(path.dirname(file), { recursive: true });
    // `wx`: never overwrite an existing file.
    await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }), { flag: 'wx' });
    console.log(file);
  }
  process.exitCode = spawnSync(process.execPath, ['bin/run.mjs', 'bin/generate.ts'], { stdio: 'inherit' }).status ?? 1;
  console.log(
    `Next: write the test cases, the check, a case in examples/acme, and the reason for the check in docs/checks/${id}.md. CONTRIBUTING.md says how.`,
  );
} else {
  console.error(`no check was created: ${refusal}`);
  process.exitCode = 2;
}

/** Why no check with this ID can be created. Undefined if it can. */
function refuse(): string | undefined {
  if (more.length > 0 || !ID.test(id))
    return 'give one ID in kebab-case, of at least two words, that says what is wrong. Example: npm run new-check access-key-unused';
  const existing = files.find(({ file }) => existsSync(file));
  return existing && `${existing.file} already exists. An ID is never reused`;
}
