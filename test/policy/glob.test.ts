import fc from 'fast-check';
import { compileGlob, globCovers, intersectGlobs, narrowGlob } from '../../lambda/scanner/policy/glob.ts';
import { volume } from '../support/volume.ts';
import { naiveMatch, naivePattern } from './naive-text.ts';
import { processorTime } from '../support/processor-time.ts';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', '😀'), maxLength: 7 });

const naive = (glob: string, value: string): boolean => naiveMatch(naivePattern(glob, new Map(), false), value);

/** Every text over two letters and one that no pattern names, up to a length. */
function allTexts(length: number): readonly string[] {
  let texts = [''];
  const all = [...texts];
  for (let size = 0; size < length; size++) {
    texts = texts.flatMap((start) => ['a', 'b', 'c'].map((end) => start + end));
    all.push(...texts);
  }
  return all;
}

test.each([
  ['*', 'any'],
  ['**', 'any'],
  ['iam:*', 'prefix'],
  ['iam:Get', 'exact'],
  ['', 'exact'],
  ['iam:?', 'glob'],
  ['*:x', 'glob'],
])('%s compiles to %s', (glob, kind) => {
  expect(compileGlob(glob).kind).toBe(kind);
});

test('case-sensitive by default', () => {
  expect(compileGlob('IAM:*').matches('iam:GetUser')).toBe(false);
  expect(compileGlob('IAM:*', { ignoreCase: true }).matches('iam:GetUser')).toBe(true);
  expect(compileGlob('iam:get*r', { ignoreCase: true }).matches('IAM:GETUSER')).toBe(true);
});

test('matches what the table of beginnings matches', () => {
  fc.assert(
    fc.property(pattern, text, (glob, value) => {
      expect(compileGlob(glob).matches(value)).toBe(naive(glob, value));
    }),
    { numRuns: volume({ usual: 1_000, full: 5_000 }) },
  );
});

describe('intersectGlobs', () => {
  test.each([
    ['arn:aws:iam::*:role/*', '*', 'arn:aws:iam::any:role/any'],
    ['arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:*', 'arn:aws:iam::111122223333:role/any'],
    ['role/admin', 'role/*', 'role/admin'],
    ['role/?', 'role/?', 'role/x'],
    ['*a', 'b*', 'banya'],
    ['', '*', ''],
  ])('%s and %s have in common %s', (a, b, expected) => {
    expect(intersectGlobs(a, b)).toBe(expected);
  });

  test.each([
    ['role/a*', 'role/b*'],
    ['*a', '*b'],
    ['?', ''],
    ['a', 'A'],
  ])('%s and %s have nothing in common', (a, b) => {
    expect(intersectGlobs(a, b)).toBeUndefined();
  });

  test('a witness matches both; without one no text does', () => {
    const texts = allTexts(6);
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const witness = intersectGlobs(a, b);
        if (witness === undefined) expect(texts.filter((value) => naive(a, value) && naive(b, value))).toEqual([]);
        else expect([naive(a, witness), naive(b, witness)]).toEqual([true, true]);
      }),
      { numRuns: volume({ usual: 200, full: 1_000 }) },
    );
  });
});

test.each([
  ['*', '*', '*'],
  ['role/*', '*-admin', 'role/*-admin'],
  ['role/?', '*', 'role/?'],
  ['role/?', 'role/?', 'role/?'],
  ['role/?*', 'role/a', 'role/a'],
  // One of several ways in which both match.
  ['arn:*:role/*', 'arn:aws:*', 'arn:aws:role/*'],
  ['a', 'b*', undefined],
  ['', '', ''],
])('%s and %s leave %s', (a, b, expected) => {
  expect(narrowGlob(a, b)).toBe(expected);
  if (expected !== undefined) expect([globCovers(a, expected), globCovers(b, expected)]).toEqual([true, true]);
});

describe('globCovers', () => {
  test.each([
    ['*', 'iam:*', true],
    ['?*', '*', false],
    ['*?', '?*', true],
    ['iam:*', 'iam:Get*', true],
    ['iam:Get*', 'iam:*', false],
    ['a?', 'a*', false],
    ['*:*', 'iam:?*', true],
    ['role/?', 'role/x', true],
    ['role/?', 'role/?', true],
    ['role/?', 'role/*', false],
    ['role/?', 'role/xy', false],
    ['role/x', 'role/?', false],
    ['a*', 'a', true],
    ['a*b*', 'ab', true],
    ['?*', 'a', true],
    ['??*', '?*', false],
    ['??*', 'a*', false],
    ['?*?', 'ab', true],
    ['*a*', 'b*a?', true],
    ['', '', true],
    ['', '*', false],
  ])('%s covers %s: %s', (outer, inner, expected) => {
    expect(globCovers(outer, inner)).toBe(expected);
  });

  test('true is certain, and false too unless `?` stands beside other text', () => {
    const texts = allTexts(6);
    const short = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });
    fc.assert(
      fc.property(short, short, (outer, inner) => {
        const escaped = texts.some((value) => naive(inner, value) && !naive(outer, value));
        if (globCovers(outer, inner)) expect(escaped).toBe(false);
        else if (!outer.includes('?') || /^[?*]*[*][?*]*$/.test(outer)) expect(escaped).toBe(true);
      }),
      { numRuns: volume({ usual: 300, full: 2_000 }) },
    );
  });
});

describe('hostile patterns take no time', () => {
  const fast = (run: () => unknown): void => {
    expect(processorTime(run)).toBeLessThan(2_000);
  };

  test('2,000 stars against a long text', () => {
    const glob = compileGlob(`${'a*'.repeat(2_000)}b`);
    const long = 'a'.repeat(100_000);
    fast(() => {
      expect(glob.matches(long)).toBe(false);
      expect(glob.matches(`${long}b`)).toBe(true);
    });
  });

  test('2,000 stars and question marks', () => {
    fast(() => {
      expect(compileGlob(`${'*?'.repeat(2_000)}b`).matches('a'.repeat(20_000))).toBe(false);
    });
  });

  test('the common text of two patterns of 2,000 wildcards', () => {
    fast(() => {
      expect(intersectGlobs('a*b?'.repeat(500), '*?b*'.repeat(500))).toBeDefined();
      expect(intersectGlobs(`${'a*'.repeat(1_000)}x`, `${'*a'.repeat(1_000)}y`)).toBeUndefined();
    });
  });
});
