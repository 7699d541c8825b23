import { type Bom, bomProblems, publishedBom } from '../bin/release/bom.ts';
import { refusedLicenses } from '../bin/release/licenses.ts';
import { unexpectedFiles } from '../bin/release/package-files.ts';

describe('the files of the package', () => {
  test.each<[what: string, files: readonly string[], patterns: readonly string[], problems: readonly string[]]>([
    ['are all in the list', ['LICENSE', 'dist/cli.js'], ['LICENSE', 'dist/cli.js'], []],
    ['match a pattern within a folder', ['dist/scan-AB12CD34.js'], ['dist/*-????????.js'], []],
    ['match a pattern over folders', ['docs/a/b.md'], ['docs/**.md'], []],
    ['are not in the list', ['a.js', '.env'], ['a.js'], ['.env is in the package, but not in the list']],
    [
      'are in a folder that is not in the list',
      ['docs/a/b.md'],
      ['docs/*.md', '**/b.md'],
      ['docs/*.md is in the list, but not in the package'],
    ],
    ['are missing', [], ['dist/cli.js'], ['dist/cli.js is in the list, but not in the package']],
    [
      'differ where a pattern has a dot',
      ['LICENSExmd'],
      ['LICENSE.md', 'LICENSE?md'],
      ['LICENSE.md is in the list, but not in the package'],
    ],
  ])('%s', (_, files, patterns, problems) => {
    expect(unexpectedFiles(files, patterns)).toEqual(problems);
  });
});

test.each<[license: string | undefined, isRefused: boolean]>([
  ['MIT', false],
  ['MPL-2.0', false],
  ['(MIT OR GPL-3.0-or-later)', false],
  ['Apache-2.0 AND MIT', false],
  ['GPL-3.0-only', true],
  ['AGPL-3.0-or-later', true],
  ['MIT AND GPL-2.0-only', true],
  ['(LGPL-3.0-only OR AGPL-3.0-only)', true],
  ['MIT OR (GPL-2.0-only AND MIT)', true],
  ['(MIT OR ISC) AND (GPL-2.0-only OR MIT)', true],
  ['MIT OR ISC AND GPL-2.0-only', true],
  ['SEE LICENSE IN LICENSE.md', true],
  ['', true],
  [undefined, true],
])('a package with the license %p: refused %p', (license, isRefused) => {
  const lockFile = {
    packages: { '': {}, 'node_modules/a': { version: '1.0.0', ...(license === undefined ? {} : { license }) } },
  };
  expect(refusedLicenses(lockFile)).toHaveLength(isRefused ? 1 : 0);
});

describe('the bill of materials', () => {
  const component = (name: string) => ({ type: 'library', name, version: '1.0.0', 'bom-ref': `${name}@1.0.0` });
  const everything: Bom & { readonly bomFormat: string } = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { component: component('a-folder') },
    components: ['zod', '@aws-sdk/core', 'jest'].map(component),
    dependencies: [
      { ref: 'a-folder@1.0.0', dependsOn: ['jest@1.0.0'] },
      { ref: 'zod@1.0.0', dependsOn: ['jest@1.0.0', '@aws-sdk/core@1.0.0'] },
      { ref: 'jest@1.0.0', dependsOn: [] },
    ],
  };
  const notices = ['zod 1.0.0 (MIT)', 'The MIT License (MIT)', '@aws-sdk/core 1.0.0 (Apache-2.0)', 'owner/data (MIT)'].join(
    '\n\n',
  );

  test('has what is published, and nothing else', () => {
    const { components, dependencies, metadata } = publishedBom(everything, notices);
    expect(components.map(({ name, type }) => [name, type])).toEqual([
      ['zod', 'library'],
      ['@aws-sdk/core', 'library'],
      ['owner/data', 'data'],
    ]);
    expect(dependencies).toEqual([
      { ref: 'a-folder@1.0.0', dependsOn: ['zod@1.0.0', '@aws-sdk/core@1.0.0', 'owner/data'] },
      { ref: 'zod@1.0.0', dependsOn: ['@aws-sdk/core@1.0.0'] },
    ]);
    expect(metadata.component.name).toBe('iam-vigil');
  });

  test('is not made if npm does not know a package that is published', () => {
    expect(() => publishedBom(everything, 'yaml 2.0.0 (ISC)')).toThrow('yaml 2.0.0 (ISC) is in the notices');
  });

  test('is what the schema of CycloneDX allows', () => {
    const bom = publishedBom(everything, notices);
    expect(bomProblems(bom)).toEqual([]);
    expect(bomProblems({ ...bom, components: [{ type: 'no such type', name: 'zod' }] })[0]).toContain('/components/0/type');
  });
});
