import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Place, run } from './command.ts';
import type { Figure } from './figure.ts';

const MOST_MEGABYTES = 15;

/** What is asked of the installed command line, and what its answer must have. */
const uses: readonly (readonly [args: readonly string[], answer: RegExp])[] = [
  [['--version'], /^\d+\.\d+\.\d+$/m],
  [['--help'], /^Usage: /m],
  [
    ['scan', '--snapshot', 'examples/clean', '--config', 'examples/clean/iam-vigil.yaml'],
    /\b[1-9]\d* passed, 0 failed, 0 unknown/,
  ],
  [['scan', '--snapshot', 'examples/acme', '--config', 'examples/acme/iam-vigil.yaml'], /\b[1-9]\d* failed, 0 unknown/],
];

/**
 * Installs the package, without a network, as on a machine where nothing else is, uses it there, and removes it.
 *
 * @throws Error when a step fails, or the package installs others, is too large, or leaves something.
 */
export function useInstalled(tarball: string, { cwd, env }: Place): readonly Figure[] {
  const global = ['--global', '--prefix', cwd, '--offline', '--no-audit', '--no-fund'];
  const installing = run(['npm', 'install', ...global, tarball], { cwd, env });
  if (installing.stderr !== '') throw new Error(`npm install says ${installing.stderr}`);
  const modules = path.join(cwd, 'lib/node_modules');
  const home = path.join(modules, 'iam-vigil');
  if (readdirSync(modules).join() !== 'iam-vigil' || readdirSync(home).includes('node_modules'))
    throw new Error('the package installs others');
  const megabytes = megabytesIn(home);
  if (megabytes > MOST_MEGABYTES) throw new Error(`the package takes ${megabytes} MB, and may take ${MOST_MEGABYTES}`);
  const used = uses.map(([args, answer]) => {
    const { stdout, seconds } = run([path.join(cwd, 'bin/iam-vigil'), ...args], { cwd: home, env });
    if (!answer.test(stdout)) throw new Error(`iam-vigil ${args.join(' ')} says ${stdout}`);
    return { what: `iam-vigil ${args.slice(0, 3).join(' ')}`, value: seconds, unit: 's' } as const;
  });
  const removing = run(['npm', 'uninstall', ...global, 'iam-vigil'], { cwd, env });
  const left = [...readdirSync(modules), ...readdirSync(path.join(cwd, 'bin'))].filter((name) => name !== '.package-lock.json');
  if (left.length > 0) throw new Error(`npm uninstall leaves ${left.join(', ')}`);
  return [
    { what: 'package, packed', value: statSync(tarball).size / 1e6, unit: 'MB' },
    { what: 'package, installed', value: megabytes, unit: 'MB' },
    { what: 'npm install --global', value: installing.seconds, unit: 's' },
    ...used,
    { what: 'npm uninstall --global', value: removing.seconds, unit: 's' },
  ];
}

const megabytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0) / 1e6;
