import { build as bundle } from 'esbuild';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(import.meta.dirname, '..');

const common = { absWorkingDir: root, bundle: true, platform: 'node', format: 'esm', write: false, logLevel: 'warning' };

/**
 * Bundles the command line and the Lambda functions into `dist`. Files are replaced whole and only when they differ, so that a
 * command that starts while another builds never reads half a file.
 */
export async function build() {
  await Promise.all([buildCommandLine(), buildFunctions()]);
}

/** The command line, the CDK app and the constructs; packages stay outside. */
async function buildCommandLine() {
  await write({
    entryPoints: { cli: 'bin/cli.ts', app: 'bin/app.ts', cdk: 'lib/index.ts' },
    outdir: 'dist',
    splitting: true,
    target: 'node20.19',
    packages: 'external',
    sourcemap: 'linked',
  });
}

/** The functions, each one file with all that it needs, the AWS SDK of the lock file included. */
async function buildFunctions() {
  await write({
    entryPoints: { 'scan-account/index': 'lambda/handlers/scan-account.ts' },
    outdir: 'dist/functions',
    outExtension: { '.js': '.mjs' },
    target: 'node20.19',
    minify: true,
    mainFields: ['module', 'main'],
    plugins: [zodInEnglish],
    // Packages that are CommonJS ask for Node's own modules with `require`.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
}

/** Leaves out the texts of zod in fifty languages, which nothing here asks for: a seventh of the whole. */
const zodInEnglish = {
  name: 'zod-in-english',
  setup: ({ onLoad }) =>
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: "export { default as en } from './en.js';" })),
};

async function write(options) {
  const { outputFiles } = await bundle({ ...common, ...options });
  await Promise.all(outputFiles.map(replace));
}

async function replace({ path: target, contents }) {
  const current = await readFile(target).catch(() => undefined);
  if (current?.equals(contents)) return;
  await mkdir(path.dirname(target), { recursive: true });
  const scratch = `${target}.${process.pid}`;
  await writeFile(scratch, contents);
  await rename(scratch, target);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
