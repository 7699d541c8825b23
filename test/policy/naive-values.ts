/** A fraction of whole numbers. */
type Fraction = readonly [numerator: bigint, denominator: bigint];

/** Numeric and date operators, without their family. */
export function ordered(compare: string, actual: string, wanted: string): boolean {
  const read = compare.startsWith('Numeric') ? readNumber : readDate;
  const [a, b] = [read(actual), read(wanted)];
  if (a === undefined || b === undefined) return false;
  const [left, right] = [a[0] * b[1], b[0] * a[1]];
  switch (compare.replace(/^(Numeric|Date)/, '')) {
    case 'Equals':
      return left === right;
    case 'LessThan':
      return left < right;
    case 'LessThanEquals':
      return left <= right;
    case 'GreaterThan':
      return left > right;
    case 'GreaterThanEquals':
      return left >= right;
    default:
      throw new Error(`no such operator: ${compare}`);
  }
}

function readNumber(text: string): Fraction | undefined {
  const [, whole, decimals = '', exponent = '0'] = /^([-+]?[0-9]+)(?:\.([0-9]+))?(?:e([-+]?[0-9]+))?$/i.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const power = Number(exponent) - decimals.length;
  const all = BigInt(whole + decimals);
  return power < 0 ? [all, 10n ** BigInt(-power)] : [all * 10n ** BigInt(power), 1n];
}

/** A number is epoch seconds, unless it has the four digits of a year; the rest is left to the language. */
function readDate(text: string): Fraction | undefined {
  if (/^[-+]?[0-9]+$/.test(text) && !/^[0-9]{4}$/.test(text)) return [BigInt(text) * 1000n, 1n];
  if (!/^[0-9]{4}/.test(text)) return undefined;
  const instant = new Date(text).getTime();
  return Number.isNaN(instant) ? undefined : [BigInt(instant), 1n];
}

/** Whether a range of the policy holds the address of a request. */
export function networkHolds(range: string, actual: string): boolean {
  const [base = '', prefix] = range.split('/');
  const address = ipBits(actual);
  const network = base.includes(':') ? ipv6Bits(base) : ipv4Bits(base);
  if (address === undefined || address.length !== network?.length) return false;
  const length = prefix === undefined ? network.length : Number(prefix);
  if (length > network.length || (network.length === 128 && network.slice(length).includes('1'))) return false;
  return address.slice(0, length) === network.slice(0, length);
}

const mapped = '0'.repeat(80) + '1'.repeat(16);

/** The address of a request as a string of 32 or 128 ones and zeros; undefined where it is none. */
export function ipBits(text: string): string | undefined {
  if (!text.includes(':')) return ipv4Bits(text);
  const dotted = /[0-9]+\.[0-9.]*$/.exec(text)?.[0];
  const bits = ipv6Bits(dotted === undefined ? text : `${text.slice(0, -dotted.length)}0:0`);
  if (bits === undefined) return undefined;
  if (!bits.startsWith(mapped)) return dotted === undefined ? bits : undefined;
  return dotted === undefined ? bits.slice(96) : ipv4Bits(dotted);
}

function ipv4Bits(text: string): string | undefined {
  if (!/^[0-9]+(\.[0-9]+){3}$/.test(text)) return undefined;
  const bytes = text.split('.').map(Number);
  return bytes.every((byte) => byte < 256) ? bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('') : undefined;
}

/** One `::` stands for the groups that are not written. A colon too many makes a group of zero, or ends a side. */
function ipv6Bits(text: string): string | undefined {
  if (!/^[0-9a-f:]+$/i.test(text)) return undefined;
  const [left = [], right, ...more] = text.split('::').map((side) => {
    const inner = side.replace(/:$/, '');
    return inner === '' ? [] : inner.split(':');
  });
  const written = left.length + (right?.length ?? 0);
  if (more.length > 0 || (right === undefined ? written !== 8 : written > 7)) return undefined;
  const groups = [...left, ...Array.from({ length: 8 - written }, () => '0'), ...(right ?? [])];
  if (groups.some((group) => group.length > 4)) return undefined;
  return groups.map((group) => parseInt(`0${group}`, 16).toString(2).padStart(16, '0')).join('');
}
