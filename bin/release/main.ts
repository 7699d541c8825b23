import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Bom, bomProblems, publishedBom } from './bom.ts';
import { type Place, run } from './command.ts';
import { importProblems } from './consumers.ts';
import { makeApps } from './fresh-app.ts';
import { useInstalled } from './installed.ts';
import { type LockFile, refusedLicenses } from './licenses.ts';
import { unexpectedFiles } from './package-files.ts';

/**
 * `npm run release` makes what is released in the folder `release`: the package, its bill of materials and checksums. It fails if anything
 * is wrong with them. With `--dry-run` nothing is left.
 */
async function main(scratch: string, folder: string): Promise<void> {
  const here = { cwd: '.', env: process.env };
  const tarball = pack(folder, here);
  failOn(refusedLicenses(JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile));
  failOn(await importProblems(new Uint8Array(readFileSync(tarball))));
  writeBom(path.join(folder, 'iam-vigil.cdx.json'), here);
  const sums = readdirSync(folder).map((name) => `${sha256(path.join(folder, name))}  ${name}\n`);
  writeFileSync(path.join(folder, 'SHA256SUMS'), sums.join(''));
  const figures = [
    ...useInstalled(tarball, { cwd: scratch, env: { PATH: process.env['PATH'], HOME: scratch } }),
    ...makeApps(tarball, scratch, { env: process.env, isFull: process.env['CI_FULL'] === '1' }),
  ];
  for (const { what, value, unit } of figures) console.log(`${what}: ${value.toFixed(2)} ${unit}`);
}

function pack(folder: string, here: Place): string {
  const { stdout } = run(['npm', 'pack', '--json', '--pack-destination', folder], here);
  // As npm documents it: one package, with the paths of its files.
  const [packed] = JSON.parse(stdout) as readonly {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[];
  if (packed === undefined) throw new Error(`npm pack says ${stdout}`);
  const patterns = readFileSync('bin/release/files.txt', 'utf8').trim().split('\n');
  failOn(
    unexpectedFiles(
      packed.files.map((file) => file.path),
      patterns,
    ),
  );
  return path.join(folder, packed.filename);
}

function writeBom(file: string, here: Place): void {
  const { stdout } = run(['npm', 'sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'], here);
  const bom = publishedBom(JSON.parse(stdout) as Bom, readFileSync('dist/NOTICES.txt', 'utf8'));
  failOn(bomProblems(bom));
  writeFileSync(file, `${JSON.stringify(bom, undefined, 2)}\n`);
}

function failOn(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

const scratch = mkdtempSync(path.join(os.tmpdir(), 'iam-vigil-release-'));
const folder = process.argv.includes('--dry-run') ? path.join(scratch, 'release') : path.resolve('release');
try {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  await main(scratch, folder);
} finally {
  rmSync(scratch, { recursive: true });
}
