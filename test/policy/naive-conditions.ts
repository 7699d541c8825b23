import type { Json } from '../../lambda/scanner/model/json.ts';
import { object, texts } from './naive-json.ts';
import { naiveArnMatch, naiveLiteral, naiveMatch, naivePattern } from './naive-text.ts';

type Context = ReadonlyMap<string, readonly string[]>;

/** Whether every operator holds for every one of its keys. */
export function naiveConditionsHold(conditions: Record<string, Json>, context: Context, modern: boolean): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(object(keys)).every(([key, values]) =>
      conditionHolds(operator, context.get(key.toLowerCase()) ?? [], texts(values), context, modern),
    ),
  );
}

function conditionHolds(
  operator: string,
  actual: readonly string[],
  wanted: readonly string[],
  context: Context,
  modern: boolean,
): boolean {
  const qualifier = operator.includes(':') ? operator.slice(0, operator.indexOf(':')) : '';
  const withoutQualifier = operator.slice(operator.indexOf(':') + 1);
  const ifExists = withoutQualifier.endsWith('IfExists');
  const name = ifExists ? withoutQualifier.slice(0, -'IfExists'.length) : withoutQualifier;
  const empty = actual.length === 0 || actual.every((value) => value === '');
  if (name === 'Null') return wanted.includes(String(empty));

  const negated = name.includes('Not');
  const compare = name.replace('Not', '');
  const matchesSome = (value: string): boolean =>
    wanted.some((pattern) => valueMatches(compare, value, pattern, context, modern));

  if (actual.length === 0 || (qualifier !== '' && empty)) {
    if (ifExists) return true;
    if (qualifier === 'ForAllValues') return true;
    if (qualifier === 'ForAnyValue') return false;
    return negated;
  }
  if (qualifier === 'ForAllValues') return actual.every((value) => matchesSome(value) !== negated);
  if (qualifier === 'ForAnyValue') return actual.some((value) => matchesSome(value) !== negated);
  return actual.some(matchesSome) !== negated;
}

function valueMatches(compare: string, actual: string, wanted: string, context: Context, modern: boolean): boolean {
  const pattern = naivePattern(wanted, context, modern);
  switch (compare) {
    case 'StringEquals':
      return actual === naiveLiteral(pattern);
    case 'StringEqualsIgnoreCase':
      return actual.toLowerCase() === naiveLiteral(pattern)?.toLowerCase();
    case 'StringLike':
      return naiveMatch(pattern, actual);
    case 'ArnEquals':
    case 'ArnLike':
      return naiveArnMatch(pattern, actual);
    case 'Bool':
      return ['true', 'false'].includes(actual.toLowerCase()) && actual.toLowerCase() === naiveLiteral(pattern)?.toLowerCase();
    case 'BinaryEquals':
      return isBase64(actual) && isBase64(wanted) && Buffer.from(actual, 'base64').equals(Buffer.from(wanted, 'base64'));
    case 'IpAddress':
      return ipMatches(actual, wanted);
    default:
      return ordered(compare, actual, wanted);
  }
}

const isBase64 = (text: string): boolean =>
  Buffer.from(text, 'base64').toString('base64').replaceAll('=', '') === text.replaceAll('=', '');

function ordered(compare: string, actual: string, wanted: string): boolean {
  const read = compare.startsWith('Numeric') ? readNumber : readDate;
  const [a, b] = [read(actual), read(wanted)];
  if (a === undefined || b === undefined) return false;
  switch (compare.replace(/^(Numeric|Date)/, '')) {
    case 'Equals':
      return a === b;
    case 'LessThan':
      return a < b;
    case 'LessThanEquals':
      return a <= b;
    case 'GreaterThan':
      return a > b;
    case 'GreaterThanEquals':
      return a >= b;
    default:
      throw new Error(`no such operator: ${compare}`);
  }
}

const readNumber = (text: string): number | undefined => (/^[-+]?[0-9]+(\.[0-9]+)?$/.test(text) ? parseFloat(text) : undefined);

/** A number is epoch seconds, unless it has the four digits of a year; the rest is left to the language. */
function readDate(text: string): number | undefined {
  if (/^-?[0-9]+$/.test(text) && !/^[0-9]{4}$/.test(text)) return Number(text) * 1000;
  if (!/^[0-9]{4}/.test(text)) return undefined;
  const instant = new Date(text).getTime();
  return Number.isNaN(instant) ? undefined : instant;
}

function ipMatches(actual: string, range: string): boolean {
  const [base = '', prefix] = range.split('/');
  const [address, network] = [ipBits(actual), ipBits(base)];
  if (address === undefined || address.length !== network?.length) return false;
  const length = prefix === undefined ? network.length : Number(prefix);
  return length <= network.length && address.slice(0, length) === network.slice(0, length);
}

/** An address as a string of 32 or 128 ones and zeros. */
function ipBits(text: string): string | undefined {
  if (/^[0-9]+(\.[0-9]+){3}$/.test(text)) {
    const bytes = text.split('.').map(Number);
    return bytes.every((byte) => byte < 256) ? bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('') : undefined;
  }
  if (!/^[0-9a-f:]+$/i.test(text) || !text.includes(':')) return undefined;
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
  return groups.map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
