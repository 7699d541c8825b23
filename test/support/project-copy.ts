import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(__dirname, '../..');

const needed = [
  'bin',
  'docs',
  'lambda',
  'lib',
  'test/support',
  '.prettierrc.json',
  '.prettierignore',
  'eslint.config.mjs',
  'jest.config.mjs',
  'cdk.json',
  'package.json',
  'tsconfig.json',
];

/** A copy of the project in a new folder, for tests that write into it; packages are shared. Whoever asks for it deletes it. */
export function copyOfTheProject(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'iam-vigil-'));
  for (const name of needed) cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  return copy;
}
