import type { Json } from '../../lambda/scanner/model/json.ts';
import { object, texts } from './naive-json.ts';
import { isMalformedPattern, naiveArnMatch, naiveLiteral, naiveLower, naiveMatch, naivePattern } from './naive-text.ts';
import { ipBits, networkHolds, ordered } from './naive-values.ts';

type Context = ReadonlyMap<string, readonly string[]>;

/** How a statement is read: its effect, and whether its version of the language knows variables. */
export interface Reading {
  readonly effect: Json | undefined;
  readonly modern: boolean;
}

/** `failed`: the policy cannot be read, so that an Allow does not apply and a Deny does. */
type Answer = 'yes' | 'no' | 'failed';

/** The keys of the generators that AWS documents as multivalued. */
const multivalued = ['aws:tagkeys', 'dynamodb:leadingkeys', 'cognito-identity.amazonaws.com:amr'];

/** Whether every operator holds for every one of its keys. */
export function naiveConditionsHold(conditions: Record<string, Json>, context: Context, reading: Reading): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(object(keys)).every(([key, values]) => {
      const answer = conditionHolds(operator, key.toLowerCase(), texts(values), context, reading);
      return answer === 'failed' ? reading.effect === 'Deny' : answer === 'yes';
    }),
  );
}

function conditionHolds(operator: string, key: string, wanted: readonly string[], context: Context, { modern }: Reading): Answer {
  const actual = context.get(key) ?? [];
  const qualifier = operator.includes(':') ? operator.slice(0, operator.indexOf(':')) : '';
  const withoutQualifier = operator.slice(operator.indexOf(':') + 1);
  const ifExists = withoutQualifier.endsWith('IfExists');
  const name = ifExists ? withoutQualifier.slice(0, -'IfExists'.length) : withoutQualifier;
  const isAbsent = actual.length === 0;
  if (name === 'Null') return answerOf(wanted.some((text) => (text.toLowerCase() === 'true') === isAbsent));

  const negated = name.includes('Not');
  if (isAbsent) return answerOf(ifExists || qualifier === 'ForAllValues' || (qualifier === '' && negated));
  if (qualifier === '' && (multivalued.includes(key) || actual.length > 1)) return 'no';
  const answers = actual.map((value) => valueAnswer(name.replace('Not', ''), negated, value, wanted, context, modern));
  const decisive = qualifier === 'ForAllValues' ? 'no' : 'yes';
  if (answers.includes(decisive)) return decisive;
  if (answers.includes('failed')) return 'failed';
  return decisive === 'no' ? 'yes' : 'no';
}

const answerOf = (isTrue: boolean): Answer => (isTrue ? 'yes' : 'no');

function valueAnswer(
  compare: string,
  negated: boolean,
  actual: string,
  wanted: readonly string[],
  context: Context,
  modern: boolean,
): Answer {
  const isArn = compare.startsWith('Arn');
  if (isArn && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*:/.test(actual)) return 'no';
  if (compare === 'IpAddress' && ipBits(actual) === undefined) return 'no';
  for (const text of wanted) {
    const pattern = naivePattern(text, context, modern);
    if (isArn && isMalformedPattern(pattern)) return 'failed';
    if (valueMatches(compare, actual, text, pattern)) return answerOf(!negated);
  }
  return answerOf(negated);
}

function valueMatches(compare: string, actual: string, wanted: string, pattern: ReturnType<typeof naivePattern>): boolean {
  const literal = naiveLiteral(pattern);
  switch (compare) {
    case 'StringEquals':
      return actual === literal;
    case 'StringEqualsIgnoreCase':
      return literal !== undefined && naiveLower(actual) === naiveLower(literal);
    case 'StringLike':
      return naiveMatch(pattern, actual);
    case 'ArnEquals':
    case 'ArnLike':
      return naiveArnMatch(pattern, actual);
    case 'Bool':
      return literal !== undefined && (actual.toLowerCase() === 'true') === (literal.toLowerCase() === 'true');
    case 'BinaryEquals':
      return isBase64(actual) && isBase64(wanted) && Buffer.from(actual, 'base64').equals(Buffer.from(wanted, 'base64'));
    case 'IpAddress':
      return networkHolds(wanted, actual);
    default:
      return ordered(compare, actual, wanted);
  }
}

/** Only what the bytes are written as again: no padding left out, no stray bits. */
const isBase64 = (text: string): boolean => Buffer.from(text, 'base64').toString('base64') === text;
