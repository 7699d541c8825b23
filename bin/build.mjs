import { build as bundle } from 'esbuild';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(import.meta.dirname, '..');

const common = { absWorkingDir: root, bundle: true, platform: 'node', format: 'esm', write: false, logLevel: 'warning' };

/**
 * Bundles the command line and the Lambda functions into `dist`. Files are replaced whole and only when they differ, so that a
 * command that starts while another builds never reads half a file.
 */
export async function build() {
  await Promise.all([buildCommandLine(), ...Object.entries(functions).map(buildFunctions)]);
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

/** The modules of each bundle that is deployed, by the file that Lambda looks for the handler in. */
const functions = {
  'scan-account': { index: 'lambda/handlers/scan-account.ts' },
  organization: Object.fromEntries(
    ['plan', 'scan-member', 'correlate', 'deliver', 'summarise'].map((state) => [
      state,
      `lambda/handlers/organization/${state}.ts`,
    ]),
  ),
};

/**
 * A bundle of functions, with all that they need, the AWS SDK of the lock file included. What is loaded only when it is asked for stays
 * in files of its own: esbuild keeps the whole of a package that one file would have to load later.
 */
async function buildFunctions([name, entryPoints]) {
  const outdir = `dist/functions/${name}`;
  const files = await write({
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    target: 'node20.19',
    minify: true,
    mainFields: ['module', 'main'],
    plugins: [zodInEnglish, schemasAreData],
    // Packages that are CommonJS ask for Node's own modules with `require`.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  // The folder is deployed as it is: what an earlier build left there must not be.
  const names = await readdir(path.join(root, outdir));
  const stale = names.map((name) => path.join(root, outdir, name)).filter((file) => !files.includes(file));
  await Promise.all(stale.map((file) => rm(file, { force: true })));
}

/** Leaves out the texts of zod in fifty languages, which nothing here asks for: a seventh of the whole. */
const zodInEnglish = {
  name: 'zod-in-english',
  setup: ({ onLoad }) =>
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: "export { default as en } from './en.js';" })),
};

/** Says of the shapes of the SDK, which esbuild cannot know to be plain data, that those that no command needs can be left out. */
const schemasAreData = {
  name: 'schemas-are-data',
  setup: ({ onLoad }) =>
    onLoad({ filter: /client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, 'utf8')).replaceAll(
        /^(export )?var (\S+) = (\[[\s\S]*?\]);$/gm,
        '$1var $2 = /* @__PURE__ */ (() => $3)();',
      ),
    })),
};

/** Gives back the paths of what it wrote. */
async function write(options) {
  const { outputFiles } = await bundle({ ...common, ...options });
  await Promise.all(outputFiles.map(replace));
  return outputFiles.map((file) => file.path);
}

async function replace({ path: target, contents }) {
  const current = await readFile(target).catch(() => undefined);
  if (current?.equals(contents)) return;
  await mkdir(path.dirname(target), { recursive: true });
  const scratch = `${target}.${process.pid}`;
  await writeFile(scratch, contents);
  await rename(scratch, target);
}

// `node bin/build.mjs [cli]`: who only gives a command need not wait for the functions, whose SDK takes most of the time.
if (process.argv[1] === fileURLToPath(import.meta.url)) await (process.argv[2] === 'cli' ? buildCommandLine() : build());
