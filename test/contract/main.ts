import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pythonOfToday } from '../moto/python.mjs';
import { services } from '../support/aws/services/index.ts';

/**
 * `npm run test:contract`: what our clients ask and what the loopback AWS answers, against AWS's own models, and every command of the AWS
 * CLI that is printed, against the AWS CLI itself.
 */

/** The tests whose requests and accounts are as AWS has them; those of the others are odd on purpose. */
const suites = [
  'cli/doctor',
  'cli/inventory',
  'cli/live',
  'cli/organization',
  'cli/security-hub',
  'collect/credential-report',
  'collect/denied-actions',
  'collect/inventory',
  'collect/organization',
  'demo/four-nights',
  'handlers/organization/rescan',
  'handlers/organization/run',
].map((name) => `test/${name}.test.ts`);

/** Where a run of these tests has put its exchanges, if there was one: `.ci/run` runs all tests anyway. */
const [recorded] = process.argv.slice(2);

const sample = ['--snapshot', 'examples/acme', '--config', 'examples/acme/iam-vigil.yaml', '--now', '2026-11-20T03:00:00Z'];
const folder = mkdtempSync(path.join(tmpdir(), 'iam-vigil-contract-'));

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const { status, error, stdout } = spawnSync(program, args, {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.slice(0, 3).join(' ')} ended with ${status}:\n${stdout}`);
  return stdout;
}

const filesBelow = (top: string, ending: string): readonly string[] =>
  readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.join(top, file))
    .toSorted();

const startedAt = Date.now();
const say = (text: string) => process.stdout.write(`${text.trimEnd()} (${Math.round((Date.now() - startedAt) / 1000)} s)\n`);

try {
  const python = pythonOfToday();
  run(python, ['test/contract/test_contract.py']);
  say('the contract test itself sees what is wrong');
  const findings = path.join(folder, 'findings.json');
  writeFileSync(findings, run(process.execPath, ['dist/cli.js', 'scan', ...sample, '--format', 'json']));
  const texts = [...filesBelow('docs', '.md'), ...filesBelow('examples', '.md'), 'README.md', 'CONTRIBUTING.md'];
  const sources = ['lambda', 'bin/commands'].flatMap((top) => filesBelow(top, '.ts'));
  say(run(python, ['test/contract/commands.py', findings, ...texts, ...sources]));
  if (recorded === undefined)
    run(process.execPath, ['node_modules/jest/bin/jest.js', '--silent', ...suites], { IAM_VIGIL_RECORD: folder });
  const actions = [...services].flatMap(([service, handlers]) => [...handlers.keys()].map((action) => `${service}:${action}`));
  say(run(python, ['test/contract/main.py', recorded ?? folder, suites.join(), ...actions]));
} finally {
  rmSync(folder, { recursive: true });
}
