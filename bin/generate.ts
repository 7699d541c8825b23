import { build } from 'esbuild';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, getFileInfo, resolveConfig } from 'prettier';
import type { Check } from '../lambda/scanner/check.ts';
import { apiPage } from './templates/api-page.ts';
import { checkPageHead, emptyWhy, marker } from './templates/check-page.ts';
import { checkTable } from './templates/check-table.ts';
import { configurationPage } from './templates/configuration-page.ts';
import { pageSource } from './templates/page.ts';
import { permissionsPage } from './templates/permissions-page.ts';
import { registry } from './templates/registry.ts';
import { publishedSchemas } from './templates/schemas/index.ts';
import { withSettings } from './templates/settings.ts';
import { assumeRoleTechniques } from '../lambda/scanner/techniques/iam/assume-role.ts';
import { createIdentityTechniques } from '../lambda/scanner/techniques/iam/create-identity.ts';
import { credentialTechniques } from '../lambda/scanner/techniques/iam/credentials.ts';
import { grantAdminTechniques } from '../lambda/scanner/techniques/iam/grant-admin.ts';
import { serviceAccountTechniques } from '../lambda/scanner/techniques/federation/eks-service-accounts.ts';
import { federationTechniques } from '../lambda/scanner/techniques/federation/identity-providers.ts';
import { identityCenterTechniques } from '../lambda/scanner/techniques/identity-center/permission-sets.ts';
import { cdkTechniques } from '../lambda/scanner/techniques/supply-chain/cdk-assets.ts';
import { scriptTechniques } from '../lambda/scanner/techniques/supply-chain/scripts.ts';
import { countedFiles, withTechniqueCount } from './templates/technique-count.ts';
import { techniqueFolders, techniqueIndex } from './templates/technique-index.ts';

const CHECKS = 'lambda/scanner/checks';
const PAGES = 'docs/checks';

/** A generated file that is missing or out of date. */
interface Deviation {
  readonly file: string;
  readonly problem: string;
  /** Writes the file. Absent if that would overwrite handwritten text. */
  readonly mend?: () => Promise<void>;
}

/** Compares the generated files with those in the current folder. */
async function deviations(): Promise<readonly Deviation[]> {
  const indexes = await Promise.all(
    techniqueFolders.map(async (described) => ({
      file: `${described.folder}/index.ts`,
      text: techniqueIndex(described, await sourcesIn(described.folder)),
      ...described,
    })),
  );
  const count = await countTechniques(indexes);
  const ids = await sourcesIn(CHECKS);
  const checks = await loadChecks(ids);
  const files = [
    ...indexes,
    { file: `${CHECKS}/index.ts`, text: registry(ids) },
    { file: 'docs/checks.md', text: checkTable(checks) },
    { file: 'docs/permissions.md', text: permissionsPage(checks) },
    { file: 'docs/configuration.md', text: configurationPage(checks) },
    { file: 'docs/api.md', text: apiPage(await constructSources()) },
    ...Object.entries(publishedSchemas(checks)).map(([name, text]) => ({ file: `docs/schemas/${name}`, text })),
    { file: 'lambda/scanner/report/html/page.generated.ts', text: await pageSource() },
  ];
  const found = await Promise.all([
    ...files.map(async ({ file, text }) => compare(file, await formatted(file, text))),
    ...checks.map(comparePage),
    ...countedFiles.map((file) => comparePart(file, (page) => withTechniqueCount(page, count))),
    comparePart('docs/deployment.md', withSettings),
    superfluousPages(ids),
  ]);
  return found.flat();
}

/** The names of the source files in a folder, without its index. */
const sourcesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).flatMap((name) => /^(?!index\.)(.+)\.ts$/.exec(name)?.[1] ?? []).toSorted();

/** The sources of the constructs. */
async function constructSources(): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir('lib')).toSorted();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(`lib/${name}`, 'utf8')] as const)));
}

/** How many techniques there are, with those of the indexes as they are to be. */
async function countTechniques(
  indexes: readonly { readonly folder: string; readonly list: string; readonly text: string }[],
): Promise<number> {
  const others = [
    assumeRoleTechniques,
    credentialTechniques,
    federationTechniques,
    serviceAccountTechniques,
    cdkTechniques,
    scriptTechniques,
    grantAdminTechniques,
    createIdentityTechniques,
    identityCenterTechniques,
  ];
  const lists = await Promise.all(indexes.map(async ({ folder, list, text }) => (await load(text, folder, 'ts'))[list]));
  return [...others, ...lists].flat().length;
}

/** Loads each check from its file. The generated list of checks may not exist yet. */
async function loadChecks(ids: readonly string[]): Promise<readonly Check[]> {
  const contents = ids.map((id, index) => `export { default as check${index} } from './${id}.ts';`).join('\n');
  const module = await load(contents, CHECKS);
  return ids.map((id, index) => {
    const check = module[`check${index}`];
    if (isCheck(check) && check.id === id) return check;
    throw new Error(`${CHECKS}/${id}.ts must export the check ${id} as its default export`);
  });
}

/** The exports of a source text in a folder. They are known only at run time. */
async function load(contents: string, folder: string, loader: 'js' | 'ts' = 'js'): Promise<Readonly<Record<string, unknown>>> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder, loader },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? '').toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)) as Readonly<Record<string, unknown>>;
}

const isCheck = (value: unknown): value is Check =>
  typeof value === 'object' && value !== null && 'id' in value && 'run' in value && 'needs' in value;

async function compare(file: string, text: string): Promise<readonly Deviation[]> {
  const current = await readIfThere(file);
  if (current === text) return [];
  const mend = async () => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  return [{ file, problem: current === undefined ? 'is missing' : 'is out of date', mend }];
}

/** A page that is handwritten but for a part. */
async function comparePart(file: string, completed: (page: string) => string): Promise<readonly Deviation[]> {
  const page = await readIfThere(file);
  return page === undefined ? [] : compare(file, await formatted(file, completed(page)));
}

/** A page keeps everything below its marker. */
async function comparePage(check: Check): Promise<readonly Deviation[]> {
  const file = `${PAGES}/${check.id}.md`;
  const head = await formatted(file, checkPageHead(check));
  const current = await readIfThere(file);
  const why = current === undefined ? emptyWhy : writtenPart(current);
  if (why === undefined) return [{ file, problem: `has no marker. Put this line above the handwritten part: ${marker}` }];
  return compare(file, `${head}\n\n${marker}${/^## Why$/m.test(why) ? why : `${emptyWhy}${why}`}`);
}

/** The handwritten part of a page, below the marker. Undefined without a marker. */
function writtenPart(page: string): string | undefined {
  const start = page.indexOf(marker);
  return start < 0 ? undefined : page.slice(start + marker.length);
}

async function superfluousPages(ids: readonly string[]): Promise<readonly Deviation[]> {
  const names = await readdir(PAGES).catch(() => []);
  const superfluous = names.filter((name) => name.endsWith('.md') && !ids.includes(path.basename(name, '.md')));
  return Promise.all(
    superfluous.map(async (name) => {
      const file = `${PAGES}/${name}`;
      const isUnwritten = writtenPart(await readFile(file, 'utf8'))?.trim() === emptyWhy.trim();
      return isUnwritten
        ? { file, problem: 'belongs to no check', mend: () => rm(file) }
        : { file, problem: 'belongs to no check but has handwritten text. Move the text, then delete the file' };
    }),
  );
}

/** The text, formatted as the linter expects it. Files in `.prettierignore` are not formatted. */
async function formatted(file: string, text: string): Promise<string> {
  const { ignored } = await getFileInfo(file, { ignorePath: '.prettierignore' });
  return ignored ? text : format(text, { ...(await resolveConfig(file)), filepath: file });
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const found = await deviations();
if (process.argv.includes('--check')) {
  for (const { file, problem } of found) console.error(`${file} ${problem}`);
  if (found.length > 0) console.error('Run npm run generate.');
  process.exitCode = found.length > 0 ? 1 : 0;
} else {
  await Promise.all(found.flatMap(({ mend }) => (mend ? [mend()] : [])));
  for (const { file } of found.filter(({ mend }) => mend)) console.log(file);
  const left = found.filter(({ mend }) => !mend);
  for (const { file, problem } of left) console.error(`${file} ${problem}`);
  process.exitCode = left.length > 0 ? 1 : 0;
}
