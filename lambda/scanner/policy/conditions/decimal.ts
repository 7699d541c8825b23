/** A decimal number: its sign, and `0.<digits> · 10^<point>`, where no digit is a leading or trailing zero. */
interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly point: number;
}

const decimal = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * An integer or a decimal, with an optional sign and exponent; `NaN`, `Infinity` and hexadecimal text are not numbers here.
 */
export const isDecimal = (text: string): boolean => decimal.test(text);

/**
 * Compares two decimals: negative where the first is less, positive where it is greater. `Number` rounds, and never changes the
 * order: only what is equal then is compared digit by digit.
 */
export function compareDecimals(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  if (left !== right) return left < right ? -1 : 1;
  const [first, second] = [readDecimal(a), readDecimal(b)];
  return first.sign === second.sign ? first.sign * compareMagnitudes(first, second) : first.sign - second.sign;
}

function readDecimal(text: string): Decimal {
  const [, sign, whole = '', fraction = '', exponent = '0'] = decimal.exec(text) ?? [];
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '');
  const point = whole.length - (all.length - digits.length) + Number(exponent);
  return { sign: digits === '' ? 0 : sign === '-' ? -1 : 1, digits: withoutTrailingZeros(digits), point };
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

function compareMagnitudes(a: Decimal, b: Decimal): number {
  if (a.point !== b.point) return a.point < b.point ? -1 : 1;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -1 : 1;
}
