import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';

/**
 * `node bin/run.mjs bin/<script>.ts [arguments]` runs a TypeScript file of the project, which Node 20 cannot do itself. The script is
 * bundled in memory and runs in a child process, in the current folder, with the same streams and exit code.
 */
const [script, ...args] = process.argv.slice(2);
const { outputFiles } = await build({
  entryPoints: [script],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  sourcemap: 'inline',
  write: false,
  logLevel: 'warning',
});
const { status, error } = spawnSync(process.execPath, ['--enable-source-maps', '--input-type=module', '-', ...args], {
  input: outputFiles[0].contents,
  stdio: ['pipe', 'inherit', 'inherit'],
});
if (error) throw error;
process.exitCode = status ?? 1;
