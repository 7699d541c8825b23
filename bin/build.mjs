import { build as bundle } from 'esbuild';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const root = path.join(import.meta.dirname, '..');

/**
 * Bundles the command line and the Lambda functions into `dist`, with all packages that they need. A file is replaced atomically, and
 * only if it changed, so that a command that starts during a build never reads half a file. The result are the sources of all bundles.
 */
export async function build() {
  const bundles = await Promise.all([buildCommandLine(), buildConstructs(), ...Object.entries(functions).map(buildFunctions)]);
  return [...new Set(bundles.flat())];
}

/** What is not minified, so that stacks and audits can be read. The CDK is not bundled, because it must be that of the app. */
const readable = {
  outdir: 'dist',
  external: ['aws-cdk-lib', 'constructs', 'cdk-nag'],
  sourcemap: 'linked',
  sourcesContent: false,
};

/** The command line and the CDK app. */
async function buildCommandLine() {
  const { sources } = await write({ ...readable, entryPoints: { cli: 'bin/cli.ts', app: 'bin/app.ts' } });
  return sources;
}

/** The constructs, as CommonJS like the CDK itself: CDK apps of both kinds load it, and all of an app load the same. */
async function buildConstructs() {
  const { sources } = await write({
    ...readable,
    entryPoints: { cdk: 'lib/index.ts' },
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    splitting: false,
    banner: {},
    define: { 'import.meta.dirname': '__dirname' },
  });
  return sources;
}

/** The modules of each deployed bundle, by the name of the file in which Lambda finds the handler. */
const functions = {
  'scan-account': { index: 'lambda/handlers/scan-account.ts' },
  organization: Object.fromEntries(
    ['plan', 'scan-member', 'correlate', 'deliver', 'summarize', 'rescan'].map((state) => [
      state,
      `lambda/handlers/organization/${state}.ts`,
    ]),
  ),
};

/**
 * What finds the credentials of a person's computer. Those of a function are in its environment, where the SDK looks first.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
const profileCredentials = ['ini', 'process', 'sso', 'web-identity'].map((name) => `@aws-sdk/credential-provider-${name}`);

/** A bundle of functions, including the AWS SDK of the lock file. */
async function buildFunctions([name, entryPoints]) {
  const outdir = `dist/functions/${name}`;
  const { files, sources } = await write({
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    minify: true,
    external: profileCredentials,
  });
  // The whole folder is deployed, so files of an earlier build are deleted.
  const names = await readdir(path.join(root, outdir));
  const stale = names.map((name) => path.join(root, outdir, name)).filter((file) => !files.includes(file));
  await Promise.all(stale.map((file) => rm(file, { force: true })));
  return sources;
}

/**
 * Leaves out what is unused of zod, such as its texts in fifty languages: half of it. `z` is an object with everything, which esbuild
 * keeps as a whole; of the names of a module it keeps those that are used.
 */
const zodInParts = {
  name: 'zod-in-parts',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/](lambda|bin)[\\/].*\.ts$/ }, async ({ path: file }) => ({
      contents: withZodInParts(await readFile(file, 'utf8'), file),
      loader: 'ts',
    })),
};

const WHOLE_ZOD = "import { z } from 'zod';";

/** An import in another form would put all of zod into the bundle, so it is an error. */
function withZodInParts(source, file) {
  const [found = WHOLE_ZOD] = /^import (?!type )[^;]*from ['"]zod\b[^;]*;/m.exec(source) ?? [];
  if (found !== WHOLE_ZOD) throw new Error(`${file}: write ${WHOLE_ZOD} in place of ${found}`);
  return source.replace(WHOLE_ZOD, "import * as z from 'zod';");
}

/**
 * Marks the SDK's schemas as free of side effects, so that esbuild leaves out those that no command uses. In findings, the details of
 * resources of other services than IAM become documents, which are sent and read as they are: a tenth of the bundle less.
 */
const schemasAreData = {
  name: 'schemas-are-data',
  setup: ({ onLoad }) =>
    onLoad({ filter: /client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, 'utf8'))
        .replace(/^export var ResourceDetails\$ = \[[\s\S]*?\];$/m, (details) =>
          details.replaceAll(/\(\) => Aws(?!Iam)\w+Details\$/g, String(DOCUMENT_SCHEMA)),
        )
        .replaceAll(/^(export )?var (\S+) = (\[[\s\S]*?\]);$/gm, '$1var $2 = /* @__PURE__ */ (() => $3)();'),
    })),
};

/** The number of smithy's schema for a value of any form. */
const DOCUMENT_SCHEMA = 15;

/** Compresses the script and the style of the HTML report, which no function runs: half of their size. It must come before other plugins. */
const packedPage = {
  name: 'packed-page',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]page\.generated\.ts$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, 'utf8'))
        .replaceAll(/^(export const \w+ = )(".*");$/gm, (_, start, text) => `${start}unpacked('${packed(JSON.parse(text))}');`)
        .concat(
          "import { brotliDecompressSync } from 'node:zlib';",
          "function unpacked(text: string) { return brotliDecompressSync(Buffer.from(text, 'base64')).toString(); }",
        ),
      loader: 'ts',
    })),
};

const packed = (text) => brotliCompressSync(text).toString('base64');

/** Bundles, writes the files and returns their paths, and those of the sources. */
async function write({ external = [], ...options }) {
  const { outputFiles, metafile } = await bundle({
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // Modules that are loaded on demand stay in separate files: in a single file esbuild would keep the whole package.
    splitting: true,
    mainFields: ['module', 'main'],
    plugins: [packedPage, zodInParts, schemasAreData],
    // CommonJS packages load Node's own modules with `require`.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    // The SDK loads it in browsers only.
    external: ['bowser', ...external],
    metafile: true,
    write: false,
    logLevel: 'warning',
    ...options,
  });
  await Promise.all(outputFiles.map(replace));
  return { files: outputFiles.map((file) => file.path), sources: Object.keys(metafile.inputs) };
}

async function replace({ path: target, contents }) {
  const current = await readFile(target).catch(() => undefined);
  if (current?.equals(contents)) return;
  await mkdir(path.dirname(target), { recursive: true });
  const scratch = `${target}.${process.pid}`;
  await writeFile(scratch, contents);
  await rename(scratch, target);
}

// `node bin/build.mjs cli` builds the command line only: the functions, with their SDK, take most of the time.
if (process.argv[1] === fileURLToPath(import.meta.url)) await (process.argv[2] === 'cli' ? buildCommandLine() : build());
