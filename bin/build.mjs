import { build as bundle } from 'esbuild';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(import.meta.dirname, '..');

/**
 * Bundles the command line into `dist`; packages stay outside. Files are replaced whole and only when they differ, so that a
 * command that starts while another builds never reads half a file.
 */
export async function build() {
  const { outputFiles } = await bundle({
    absWorkingDir: root,
    entryPoints: { cli: 'bin/cli.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    sourcemap: 'linked',
    write: false,
    logLevel: 'warning',
  });
  await mkdir(path.join(root, 'dist'), { recursive: true });
  await Promise.all(outputFiles.map(replace));
}

async function replace({ path: target, contents }) {
  const current = await readFile(target).catch(() => undefined);
  if (current?.equals(contents)) return;
  const scratch = `${target}.${process.pid}`;
  await writeFile(scratch, contents);
  await rename(scratch, target);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
