import { paintFor } from '../../lambda/scanner/report/paint.ts';
import { layoutFor } from '../../lambda/scanner/report/text/layout.ts';

const text = 'Deactivate the key: aws iam update-access-key --user-name ann --status Inactive. Then look for what breaks.';

test('lines end between words, with their indents', () => {
  expect(layoutFor(24).paragraph('one two three four five six seven', 2, 4).split('\n')).toEqual([
    '  one two three four',
    '    five six seven',
  ]);
});

test('a command is never broken, wherever the line ends', () => {
  for (let width = 40; width < 120; width += 1)
    expect(layoutFor(width).paragraph(text, 2)).toContain('aws iam update-access-key --user-name ann --status Inactive');
});

test('a word longer than a line is never broken', () => {
  const arn = `arn:aws:iam::111122223333:role/${'x'.repeat(60)}`;
  expect(layoutFor(40).paragraph(`the role ${arn} is`).split('\n')).toEqual(['the role', arn, 'is']);
});

test('colors end with the line and begin again', () => {
  const painted = layoutFor(12).paragraph(paintFor(true)('red', 'one two three four'));
  for (const line of painted.split('\n')) {
    expect(line.startsWith('\u001B[31m')).toBe(true);
    expect(line.endsWith('\u001B[39m')).toBe(true);
  }
});

test('wide characters count twice', () => {
  expect(layoutFor(10).paragraph('日本語 日本語').split('\n')).toEqual(['日本語', '日本語']);
});

test('a character of private use stays', () => {
  const odd = text.replace('ann', "'a \uE000'");
  expect(layoutFor(60).paragraph(odd).replaceAll('\n', ' ')).toBe(odd);
});

test('without a width nothing is wrapped', () => {
  expect(layoutFor(undefined).paragraph(text, 2, 4)).toBe(`  ${text}`);
});
