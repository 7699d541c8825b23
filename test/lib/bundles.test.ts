import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const functions = path.join(__dirname, '../../dist/functions');
const MOST_BYTES = 1.65e6;

/** The modules of a bundle, by name. */
const modulesOf = (bundle: string): readonly string[] =>
  readdirSync(path.join(functions, bundle)).map((name) => readFileSync(path.join(functions, bundle, name), 'utf8'));

describe.each(readdirSync(functions))('the bundle %s', (bundle) => {
  const modules = modulesOf(bundle);

  test('is small, so that the function starts fast', () => {
    expect(modules.reduce((sum, text) => sum + Buffer.byteLength(text), 0)).toBeLessThanOrEqual(MOST_BYTES);
  });

  test('says in English what is wrong with an input', () => {
    expect(modules.filter((text) => text.includes('Invalid input: expected'))).toHaveLength(1);
  });
});

test('there are bundles', () => {
  expect(readdirSync(functions).sort()).toEqual(['organization', 'scan-account']);
});
