import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const scanner = (...parts: readonly string[]) => parts.map((part) => `lambda/scanner/${part}`);

const pure = scanner(
  'errors.ts',
  'model',
  'facts',
  'check.ts',
  'policy',
  'iam',
  'techniques',
  'escalation',
  'organization',
  'check-support',
  'checks',
  'config.ts',
  'permissions.ts',
  'evaluate',
  'drift',
  'contain',
  'planned',
  'report',
);
const theScanner = [...pure, ...scanner('requests', 'collect', 'deliver', 'scan.ts', 'index.ts')];

/** What each part (a folder, or one file) may import besides itself. A file belongs to the longest of these that it lies in. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'lambda/scanner/errors.ts': [],
  'lambda/scanner/model': [],
  'lambda/scanner/facts': scanner('model'),
  'lambda/scanner/check.ts': scanner('model', 'facts', 'iam'),
  'lambda/scanner/policy': scanner('model'),
  'lambda/scanner/iam': scanner('model', 'facts', 'policy'),
  'lambda/scanner/techniques': scanner('model', 'facts', 'policy', 'iam'),
  'lambda/scanner/escalation': scanner('model', 'facts', 'policy', 'iam', 'techniques'),
  'lambda/scanner/organization': scanner('model', 'facts', 'policy', 'iam', 'techniques', 'escalation', 'errors.ts'),
  // Checks ask whether a principal may do something, never how it becomes admin: that is the fact `access`.
  'lambda/scanner/check-support': scanner('model', 'facts', 'check.ts', 'policy', 'iam', 'techniques', 'organization'),
  'lambda/scanner/checks': scanner('model', 'facts', 'check.ts', 'policy', 'iam', 'check-support'),
  'lambda/scanner/config.ts': scanner('model', 'check.ts', 'errors.ts'),
  'lambda/scanner/permissions.ts': scanner('facts', 'check.ts'),
  'lambda/scanner/evaluate': scanner('model', 'facts', 'check.ts', 'policy', 'config.ts'),
  // What changed between two nights is a fact for the checks, so no check imports it.
  'lambda/scanner/drift': scanner('model', 'facts', 'policy', 'iam', 'organization', 'check-support'),
  'lambda/scanner/contain': scanner('model', 'policy', 'iam', 'escalation', 'organization', 'check-support'),
  'lambda/scanner/planned': scanner('model', 'facts', 'errors.ts'),
  'lambda/scanner/report': scanner('model', 'facts', 'check.ts', 'escalation', 'organization', 'evaluate'),
  'lambda/scanner/scan.ts': pure,
  'lambda/scanner/requests': [],
  'lambda/scanner/collect': [...pure, ...scanner('requests')],
  'lambda/scanner/deliver': [...pure, ...scanner('requests')],
  'lambda/scanner/index.ts': theScanner,
  'lambda/handlers': [...theScanner, 'lambda/handlers/contract.ts', 'package.json'],
  'lambda/handlers/contract.ts': [],
  lib: ['lambda/handlers/contract.ts', ...scanner('model', 'check.ts', 'checks', 'config.ts', 'errors.ts', 'permissions.ts')],
  bin: [
    ...theScanner,
    ...['config-text.ts', 'deployer', 'deployment.ts', 'settings.ts', 'synthesize.ts'].map((file) => `bin/${file}`),
    'package.json',
  ],
  'bin/app.ts': ['bin/config-text.ts', 'bin/deployment.ts', 'bin/stacks.ts', ...scanner('errors.ts')],
  'bin/deployer': [],
  'bin/synthesize.ts': [
    ...['deployer', 'deployment.ts', 'settings.ts', 'stacks.ts', 'zip.ts'].map((name) => `bin/${name}`),
    'cdk.json',
  ],
  'bin/stacks.ts': ['lib', 'bin/settings.ts'],
  'bin/zip.ts': [],
  'bin/config-text.ts': ['bin/settings.ts', ...scanner('errors.ts')],
  'bin/setting-forms.ts': [],
  'bin/settings.ts': ['bin/setting-forms.ts', 'lambda/handlers/contract.ts'],
  'bin/deployment.ts': ['bin/settings.ts', ...scanner('errors.ts')],
};

const developerTools = [
  'bin/build.mjs',
  'bin/build-types.mjs',
  'bin/run.mjs',
  'bin/generate-actions.mjs',
  'bin/generate-deployer.mjs',
  'bin/generate.ts',
  'bin/new-check.ts',
  'bin/templates',
];

/** Modules, types included, that only some parts may import. */
const confinedModules: readonly (readonly [module: RegExp, only: readonly string[]])[] = [
  [/^@(aws-sdk|smithy)\//, scanner('requests', 'collect', 'deliver')],
  [/^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/, ['lib', 'bin/app.ts', 'bin/stacks.ts', 'bin/synthesize.ts']],
  [
    /^(node:)?fs(\/|$)/,
    ['lambda/handlers', 'lib/function-code.ts', 'lib/stack-set-template.ts', 'bin', ...scanner('collect', 'deliver')],
  ],
  [/^(node:)?(process|child_process|worker_threads|cluster)$/, ['lambda/handlers', 'bin']],
  [/^(esbuild|prettier|typescript|fast-check)$/, developerTools],
];

/** What reaches out of a pure function without an import, and the parts that may use it. */
const confinedGlobals = ['process', 'console', 'Date.now', 'new Date()', 'Math.random', 'WeakMap'];
const mayUseGlobals = ['lambda/handlers', 'bin'];

/** The one place where values that were derived are kept. */
const theCache = 'lambda/scanner/model/derived-values.ts';

/** Source text by path, from the root of the project. */
type Sources = Readonly<Record<string, string>>;

const isIn = (file: string, part: string) => file === part || file.startsWith(`${part}/`);

const partOf = (file: string) =>
  Object.keys(mayImport)
    .filter((part) => isIn(file, part))
    .toSorted((a, b) => b.length - a.length)[0];

/** Everything in the sources that goes against the tables above. */
function violations(sources: Sources): readonly string[] {
  const files = Object.entries(sources).map(([file, text]) => ({ file, ...scan(file, text) }));
  return [
    ...files.flatMap(({ file, imports, globals }) => [...badImports(file, imports), ...badGlobals(file, globals)]),
    ...cycles(files),
  ];
}

function badImports(file: string, imports: readonly string[]): readonly string[] {
  const part = partOf(file);
  if (part === undefined) return [`${file} is in no part of the table`];
  return imports.flatMap((module) => {
    const only = confinedModules.find(([confined]) => confined.test(module))?.[1];
    if (only && !only.some((allowed) => isIn(file, allowed))) return [`${file} imports ${module}`];
    const target = resolve(file, module);
    const allowed = [part, ...(mayImport[part] ?? [])];
    return target === undefined || allowed.includes(partOf(target) ?? target) ? [] : [`${file} imports ${target}`];
  });
}

const badGlobals = (file: string, globals: readonly string[]) =>
  globals.flatMap((name) => {
    if (name === 'WeakMap') return file === theCache ? [] : [`${file} keeps a WeakMap of its own`];
    return mayUseGlobals.some((allowed) => isIn(file, allowed)) ? [] : [`${file} uses ${name}`];
  });

/** The file that a relative import names; undefined for a package. */
const resolve = (file: string, module: string) =>
  module.startsWith('.') ? path.posix.join(path.posix.dirname(file), module) : undefined;

function cycles(files: readonly { readonly file: string; readonly imports: readonly string[] }[]): readonly string[] {
  const graph = new Map(files.map(({ file, imports }) => [file, imports.flatMap((module) => resolve(file, module) ?? [])]));
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(file)) return [`${[...trail.slice(trail.indexOf(file)), file].join(' -> ')} is a cycle`];
    if (done.has(file)) return [];
    const found = (graph.get(file) ?? []).flatMap((target) => visit(target, [...trail, file]));
    done.add(file);
    return found;
  };
  return files.flatMap(({ file }) => visit(file, []));
}

/** What a file imports, and which of the confined globals it uses; comments and strings do not count. */
function scan(file: string, text: string): { readonly imports: readonly string[]; readonly globals: readonly string[] } {
  const imports: string[] = [];
  const globals = new Set<string>();
  const visit = (node: ts.Node) => {
    const found = importOf(node);
    if (found !== undefined) imports.push(found);
    const name = globalOf(node);
    if (name !== undefined && confinedGlobals.includes(name)) globals.add(name);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return { imports, globals: [...globals] };
}

/** The module that a node imports, types included: a type makes a dependency too. */
function importOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) return node.moduleSpecifier.text;
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
    return node.moduleSpecifier.text;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
    return node.argument.literal.text;
  const [argument] = ts.isCallExpression(node) && isLoader(node.expression) ? node.arguments : [];
  return argument && ts.isStringLiteralLike(argument) ? argument.text : undefined;
}

const isLoader = (callee: ts.Expression) =>
  callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');

function globalOf(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node)) return node.arguments?.length ? undefined : `new ${node.expression.getText()}()`;
  if (ts.isPropertyAccessExpression(node)) return node.getText();
  if (!ts.isIdentifier(node)) return undefined;
  const { parent } = node;
  // `x.process`, `{ process: 1 }` and the like name a property, not the global.
  const isProperty = (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
  return isProperty || ts.isPropertySignature(parent) ? undefined : node.text;
}

const root = path.join(__dirname, '..');

const projectSources = (): Sources =>
  Object.fromEntries(
    ['lambda', 'lib', 'bin'].flatMap((folder) =>
      listed(folder).map((file) => [file, readFileSync(path.join(root, file), 'utf8')] as const),
    ),
  );

function listed(folder: string): readonly string[] {
  const entries = readdirSync(root).includes(folder)
    ? readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    : [];
  return entries.filter((name) => /\.m?[jt]s$/.test(name)).map((name) => path.posix.join(folder, ...name.split(path.sep)));
}

test('dependencies run one way, and the pure parts stay pure', () => {
  const sources = projectSources();
  expect(Object.keys(sources).length).toBeGreaterThan(50);
  expect(violations(sources)).toEqual([]);
});

describe('the checker sees', () => {
  const model = 'lambda/scanner/model/arn.ts';
  const check = 'lambda/scanner/checks/a-check.ts';

  test.each<[name: string, sources: Sources, violation: string]>([
    [
      'model that imports policy',
      { [model]: `import { a } from '../policy/a.ts';` },
      `${model} imports lambda/scanner/policy/a.ts`,
    ],
    [
      'model that imports facts',
      { [model]: `import type { Identities } from '../facts/identities.ts';` },
      `${model} imports lambda/scanner/facts/identities.ts`,
    ],
    [
      'a type counts as an import',
      { [model]: `import type { A } from '../checks/a.ts';` },
      `${model} imports lambda/scanner/checks/a.ts`,
    ],
    ['an import type too', { [model]: `type A = import('../checks/a.ts').A;` }, `${model} imports lambda/scanner/checks/a.ts`],
    ['a dynamic import', { [check]: `await import('../collect/aws.ts');` }, `${check} imports lambda/scanner/collect/aws.ts`],
    ['a re-export', { [check]: `export * from '../report/text.ts';` }, `${check} imports lambda/scanner/report/text.ts`],
    [
      'the AWS SDK in a check',
      { [check]: `import type { User } from '@aws-sdk/client-iam';` },
      `${check} imports @aws-sdk/client-iam`,
    ],
    ['the CDK under lambda', { [check]: `import { App } from 'aws-cdk-lib';` }, `${check} imports aws-cdk-lib`],
    ['lib under lambda', { [check]: `import { a } from '../../../lib/a.ts';` }, `${check} imports lib/a.ts`],
    ['files in a check', { [check]: `import { readFile } from 'node:fs/promises';` }, `${check} imports node:fs/promises`],
    [
      'a collector in lib',
      { 'lib/a.ts': `import '../lambda/scanner/collect/aws.ts';` },
      'lib/a.ts imports lambda/scanner/collect/aws.ts',
    ],
    ['a developer tool in the product', { 'bin/cli.ts': `import { format } from 'prettier';` }, 'bin/cli.ts imports prettier'],
    ['the environment', { [check]: `const a = process.env['A'];` }, `${check} uses process`],
    ['the environment, unpacked', { [check]: `const { env } = process;` }, `${check} uses process`],
    ['printing', { [check]: `console.log(1);` }, `${check} uses console`],
    ['the clock', { [check]: `const a = Date.now();` }, `${check} uses Date.now`],
    ['the clock by another name', { [check]: `const a = new Date();` }, `${check} uses new Date()`],
    ['chance', { [check]: `const a = Math.random();` }, `${check} uses Math.random`],
    ['a folder without a rule', { 'lambda/other/a.ts': '' }, 'lambda/other/a.ts is in no part of the table'],
    [
      'a cycle',
      { 'bin/a.ts': `import { b } from './b.ts';`, 'bin/b.ts': `import { a } from './a.ts';` },
      'bin/a.ts -> bin/b.ts -> bin/a.ts is a cycle',
    ],
    [
      'a cycle of types',
      { 'bin/a.ts': `import { b } from './b.ts';`, 'bin/b.ts': `import type { A } from './a.ts';` },
      'bin/a.ts -> bin/b.ts -> bin/a.ts is a cycle',
    ],
    [
      'the escalation search in a check',
      { [check]: `import { searchAdmins } from '../escalation/search.ts';` },
      `${check} imports lambda/scanner/escalation/search.ts`,
    ],
    ['a cache of its own', { [check]: `const a = new WeakMap();` }, `${check} keeps a WeakMap of its own`],
  ])('%s', (_name, sources, violation) => {
    expect(violations(sources)).toEqual([violation]);
  });

  test.each<[name: string, sources: Sources]>([
    ['a check that imports what checks share', { [check]: `import { users } from '../check-support/credentials/users.ts';` }],
    ['names in comments and strings', { [check]: `// process.env, Date.now()\nconst a = 'console.log';` }],
    ['a date of something', { [check]: `const a = new Date(now);` }],
    ['a property of the name', { [check]: `const a = b.process; const c = { console: 1 };` }],
    ['the SDK in a collector', { 'lambda/scanner/collect/a.ts': `import { IAMClient } from '@aws-sdk/client-iam';` }],
  ])('nothing wrong in %s', (_name, sources) => {
    expect(violations(sources)).toEqual([]);
  });
});
