import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { formats } from '../lambda/scanner/report/formats.ts';

const root = path.join(__dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** The folders in a folder, however deep, but those of packages that were installed. */
const foldersIn = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && !path.join(entry.parentPath, entry.name).slice(root.length).includes('node_modules'),
    )
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));

const holdsFiles = (folder: string) =>
  readdirSync(path.join(root, folder), { withFileTypes: true }).some((entry) => entry.isFile());

const documents = ['CONTRIBUTING.md', 'README.md', 'SECURITY.md', ...['docs', ...foldersIn('docs')].flatMap(pagesIn)];

function pagesIn(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

/** The paths in backticks; those in CONTRIBUTING.md may begin in the folder of the scanner. */
function missingPaths(document: string): readonly string[] {
  const text = read(document).replaceAll(/^```[\s\S]*?^```/gm, '');
  const from = document === 'CONTRIBUTING.md' ? ['', 'lambda/scanner/'] : [''];
  const isPath = (words: string) =>
    /^(\.?[\w-]+\/)+[\w.-]*$/.test(words) && (from.length > 1 || /^(lambda|lib|bin|test|bench|docs|examples)\//.test(words));
  return [...text.matchAll(/`([^`\n]+)`/g)]
    .flatMap(([, words = '']) => (isPath(words) ? [words] : []))
    .filter((named) => !from.some((folder) => existsSync(path.join(root, folder, named))));
}

/** The links to other files of the project. */
const missingLinks = (document: string) =>
  [...read(document).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)/g)]
    .flatMap(([, target = '']) => target)
    .filter((target) => !existsSync(path.join(root, path.dirname(document), target)));

/** The anchors of the headings of a page, as GitHub makes them. */
const anchorsOf = (document: string): readonly string[] =>
  [...read(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The links to a heading that its page does not have. */
const missingAnchors = (document: string) =>
  [...read(document).matchAll(/\]\((?!https?:)([^)#]*\.md|)#([^)]+)\)/g)].flatMap(([, page = '', anchor = '']) => {
    const target = page === '' ? document : path.join(path.dirname(document), page);
    return existsSync(path.join(root, target)) && anchorsOf(target).includes(anchor) ? [] : [`${page}#${anchor}`];
  });

test.each(documents)('every path, every link and every anchor of %s exists', (document) => {
  expect({ paths: missingPaths(document), links: missingLinks(document), anchors: missingAnchors(document) }).toEqual({
    paths: [],
    links: [],
    anchors: [],
  });
});

test('docs/README.md leads to every page of the documentation', () => {
  const linked = [...read('docs/README.md').matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => path.join('docs', target));
  expect(pagesIn('docs').filter((page) => page !== 'docs/README.md' && !linked.includes(page))).toEqual([]);
});

test('docs/formats.md has every format with its endings', () => {
  const rows = [...read('docs/formats.md').matchAll(/^\| `([\w-]+)` +\| (`\.[^|]+`) +\|/gm)];
  expect(Object.fromEntries(rows.map(([, name, endings = '']) => [name, endings.replaceAll('`', '').split(', ')]))).toEqual(
    Object.fromEntries(Object.entries(formats).map(([name, { endings }]) => [name, [...endings]])),
  );
});

test('docs/architecture.md says of every folder what it holds', () => {
  const listed = [...read('docs/architecture.md').matchAll(/^\| `([^`]+)\/` /gm)].map(([, folder = '']) => folder);
  const sources = ['bin', 'lib', 'lambda', 'bench', 'docs'].flatMap((folder) => [folder, ...foldersIn(folder)]);
  const ofTests = foldersIn('test').filter((folder) => {
    const tested = folder.replace(/^test\//, '');
    return !['lambda/scanner/', 'lambda/', ''].some((at) => existsSync(path.join(root, at, tested)));
  });
  const folders = [...sources, ...ofTests, 'test', 'examples/acme', 'examples/clean', '.ci'].filter(holdsFiles);
  expect(listed.toSorted()).toEqual(folders.filter((folder) => !folder.endsWith('__snapshots__')).toSorted());
});
