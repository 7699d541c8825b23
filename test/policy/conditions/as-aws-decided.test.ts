/**
 * Where AWS decides otherwise than its documentation suggests, or where the documentation is silent: requests that AWS answered,
 * captured in https://github.com/radkawar/stackd at commit 9dc356f (testdata/aws/iam/condition_*.json), written anew.
 * See docs/adr/0014-conditions-as-aws-decides.md.
 */
import type { Json } from '../../../lambda/scanner/model/json.ts';
import { ask, policyOf } from '../support.ts';

type Held = string | readonly string[] | null;
/** `failed`: the policy cannot be read, so that an Allow does not apply and a Deny does. */
type Expected = 'met' | 'not met' | 'failed';
type Case = readonly [trap: string, operator: string, wanted: Json, actual: Held, expected: Expected];

/** Whether an Allow and a Deny with the condition apply. */
const applying: Readonly<Record<Expected, readonly [allow: boolean, deny: boolean]>> = {
  met: [true, true],
  'not met': [false, false],
  failed: [false, true],
};

function check(operator: string, key: string, wanted: Json, known: Record<string, Held>, expected: Expected): void {
  const Condition = Object.fromEntries([[operator, Object.fromEntries([[key, wanted]])]]);
  const allow = ask([policyOf({ Condition })], { known }).effect === 'allowed';
  const deny = ask([policyOf({}, { Effect: 'Deny', Condition })], { known }).effect === 'denied';
  expect([allow, deny]).toEqual(applying[expected]);
}

const severalValues: readonly Case[] = [
  ['one value, which is equal', 'StringEquals', 'team', ['team'], 'not met'],
  ['one of several values is equal', 'StringEquals', 'team', ['team', 'cost'], 'not met'],
  ['negated, no value is equal', 'StringNotEquals', 'team', ['cost'], 'not met'],
  ['negated, with a pattern', 'StringNotLike', 't*', ['cost'], 'not met'],
  ['IfExists on a key that is there', 'StringEqualsIfExists', 'team', ['team'], 'not met'],
  ['negated IfExists on a key that is there', 'StringNotEqualsIfExists', 'team', ['cost'], 'not met'],
  ['negated, on an absent key', 'StringNotEquals', 'team', null, 'met'],
  ['IfExists on an absent key', 'StringEqualsIfExists', 'team', null, 'met'],
  ['with a set operator', 'ForAnyValue:StringEquals', 'team', ['cost', 'team'], 'met'],
  ['Null needs no set operator', 'Null', 'false', ['team'], 'met'],
];

describe.each(['aws:TagKeys', 'dynamodb:LeadingKeys', 'saml:eduPersonAffiliation', 'cognito-identity.amazonaws.com:amr'])(
  'a condition without set operator on the multivalued key %s',
  (key) => {
    test.each(severalValues)('%s: %s %j on %j', (_trap, operator, wanted, actual, expected) => {
      check(operator, key, wanted, { [key.toLowerCase()]: actual }, expected);
    });
  },
);

test.each([
  ['can never be met, so nothing depends on it', 'StringEquals', 'aws:TagKeys', 'denied'],
  ['negated is met where the key is absent', 'StringNotEquals', 'aws:TagKeys', 'depends'],
  ['of a family is recognized', 'StringEquals', 'events:metadata/stage', 'denied'],
  ['with a set operator depends', 'ForAnyValue:StringEquals', 'aws:TagKeys', 'depends'],
])('a condition on an unknown multivalued key %s', (_name, operator, key, expected) => {
  const Condition = Object.fromEntries([[operator, { [key]: 'team' }]]);
  expect(ask([policyOf({ Condition })], { known: { [key.toLowerCase()]: '?' } }).effect).toBe(expected);
});

test.each([
  ['is no variable', '${aws:TagKeys}', 'StringEquals', 'team', 'not met'],
  ['is no variable, so that a negated operator is met', '${aws:TagKeys}', 'StringNotEquals', 'team', 'met'],
  ['does not have its default either', "${aws:TagKeys, 'other'}", 'StringEquals', 'other', 'not met'],
] satisfies [string, string, string, string, Expected][])(
  'a multivalued key %s: %s',
  (_name, wanted, operator, actual, expected) => {
    check(operator, 'app:key', wanted, { 'app:key': actual, 'aws:tagkeys': ['team'] }, expected);
  },
);

test('an unknown multivalued key as a variable is no variable, so that nothing depends on it', () => {
  const statement = { Resource: 'arn:aws:iam::111122223333:role/${aws:TagKeys}' };
  expect(ask([policyOf(statement)], { known: { 'aws:tagkeys': '?' } }).effect).toBe('denied');
});

const emptyText: readonly Case[] = [
  ['is present', 'Null', 'false', '', 'met'],
  ['is not absent', 'Null', 'true', '', 'not met'],
  ['is one of any values', 'ForAnyValue:StringEquals', '', '', 'met'],
  ['is one of all values', 'ForAllValues:StringEquals', 'team', '', 'not met'],
  ['is one of several', 'ForAllValues:StringEquals', 'team', ['team', ''], 'not met'],
];

const booleans: readonly Case[] = [
  ['another word is false', 'Bool', 'false', 'yes', 'met'],
  ['a number is not true', 'Bool', 'true', '1', 'not met'],
  ['spaces make it false', 'Bool', 'false', ' true ', 'met'],
  ['no text is false', 'Bool', 'false', '', 'met'],
  ['another word in the policy is false', 'Bool', 'on', 'no', 'met'],
  ['case does not count', 'Bool', 'tRUE', 'True', 'met'],
  ['Null: another word asks for the key', 'Null', 'yes', 'x', 'met'],
  ['Null: case does not count', 'Null', 'TRUE', null, 'met'],
];

const addresses: readonly Case[] = [
  ['text that is no address is not outside', 'NotIpAddress', '198.51.100.0/24', 'localhost', 'not met'],
  ['no text is not outside', 'NotIpAddress', '198.51.100.0/24', '', 'not met'],
  ['a range is no address', 'NotIpAddress', '203.0.113.0/24', '198.51.100.7/32', 'not met'],
  ['three parts are no address', 'NotIpAddress', '203.0.113.0/24', '198.51.7', 'not met'],
  ['a number is no address', 'NotIpAddress', '203.0.113.0/24', '3325256711', 'not met'],
  ['one malformed of several is not outside', 'ForAllValues:NotIpAddress', '203.0.113.0/24', ['198.51.100.7', 'x'], 'not met'],
  ['a malformed range contains nothing', 'NotIpAddress', 'office', '198.51.100.7', 'met'],
  ['beside a malformed range', 'IpAddress', ['office', '198.51.100.0/24'], '198.51.100.7', 'met'],
  ['leading zeros', 'IpAddress', '198.051.100.0/024', '198.51.100.007', 'met'],
  ['a sign before the prefix', 'IpAddress', '198.51.100.0/+24', '198.51.100.7', 'met'],
  ['host bits of IPv4 are ignored', 'IpAddress', '198.51.100.9/24', '198.51.100.7', 'met'],
  ['host bits of IPv6 make the range empty', 'IpAddress', '2001:db8:7::9/48', '2001:db8:7::9', 'not met'],
  ['the same, negated', 'NotIpAddress', '2001:db8:7::9/48', '2001:db8:7::9', 'met'],
  ['IPv4 mapped to IPv6 is IPv4', 'IpAddress', '198.51.100.0/24', '::ffff:198.51.100.7', 'met'],
  ['the same in hexadecimal', 'IpAddress', '198.51.100.0/24', '::FFFF:c633:6407', 'met'],
  ['a mapped range contains nothing', 'IpAddress', '::ffff:c633:6400/120', '::ffff:c633:6407', 'not met'],
  ['IPv4 notation elsewhere is malformed', 'NotIpAddress', '2001:db8::/32', '::198.51.100.7', 'not met'],
  ['IPv4 notation in a range is malformed', 'NotIpAddress', '2001:db8::198.51.100.0/120', '2001:db8::c633:6407', 'met'],
  ['a colon too many in the middle', 'IpAddress', '2001:db8:7::7', '2001:db8:7:::7', 'met'],
  ['a colon too many at the end', 'IpAddress', '2001:db8:7::7', '2001:db8:7::7:', 'met'],
  ['a colon too many at the beginning is a group', 'NotIpAddress', '2001:db8:7::7', ':2001:db8:7::7', 'met'],
  ['two gaps are malformed', 'NotIpAddress', '::/0', '2001::7::7', 'not met'],
];

const arns: readonly Case[] = [
  ['text that is no ARN is not another ARN', 'ArnNotLike', 'arn:aws:iam::*:role/*', 'admin', 'not met'],
  ['no text is not another ARN', 'ArnNotEquals', 'arn:aws:iam::*:role/*', '', 'not met'],
  ['a malformed pattern', 'ArnLike', 'admin', 'arn:aws:iam::1:role/a', 'failed'],
  ['a malformed pattern, negated', 'ArnNotLike', 'admin', 'arn:aws:iam::1:role/a', 'failed'],
  ['a malformed pattern against no ARN', 'ArnLike', 'admin', 'admin', 'not met'],
  [
    'a malformed pattern before one that matches',
    'ArnNotLike',
    ['admin', 'arn:aws:iam::*:role/*'],
    'arn:aws:iam::1:role/a',
    'failed',
  ],
  [
    'a malformed pattern after one that matches',
    'ArnNotLike',
    ['arn:aws:iam::*:role/*', 'admin'],
    'arn:aws:iam::1:role/a',
    'not met',
  ],
];

const numbersAndDates: readonly Case[] = [
  ['large numbers apart', 'NumericEquals', '36028797018963969', '36028797018963968', 'not met'],
  ['large numbers in order', 'NumericGreaterThan', '36028797018963968', '36028797018963969', 'met'],
  ['large negative numbers in order', 'NumericLessThan', '-36028797018963968', '-36028797018963969', 'met'],
  ['decimals apart', 'NumericEquals', '0.30000000000000000001', '0.3', 'not met'],
  ['larger than any double', 'NumericLessThan', '1e401', '9e400', 'met'],
  ['smaller than any double', 'NumericLessThan', '1e-400', '-1e-400', 'met'],
  ['other spellings', 'NumericEquals', '+12', '012.0e0', 'met'],
  ['negative zero', 'NumericEquals', '0', '-0.0', 'met'],
  ['no number, negated', 'NumericNotEquals', '12', '', 'met'],
  ['below a millisecond', 'DateEquals', '2031-05-06T07:08:09.4561Z', '2031-05-06T07:08:09.4569Z', 'met'],
  ['a sign before epoch seconds', 'DateEquals', '2031-05-06T07:08:09Z', '+1935817689', 'met'],
  ['no date, negated', 'DateNotEquals', '2031-05-06', 'soon', 'met'],
];

const binaries: readonly Case[] = [
  ['padding left out', 'BinaryEquals', 'Zm8=', 'Zm8', 'not met'],
  ['stray bits', 'BinaryEquals', 'Zm8=', 'Zm9=', 'not met'],
  ['spaces', 'BinaryEquals', 'Zm8=', ' Zm8= ', 'not met'],
];

const text: readonly Case[] = [
  ['an emoji is two characters', 'StringLike', 'a??z', 'a😀z', 'met'],
  ['an emoji is not one character', 'StringNotLike', 'a?z', 'a😀z', 'met'],
  ['half an emoji', 'StringLike', '😀?', '😀😀', 'not met'],
  ['case beyond ASCII', 'StringEqualsIgnoreCase', 'ÑANDÚ', 'ñandú', 'met'],
  ['no case beyond 16 bits', 'StringEqualsIgnoreCase', '𐐁', '𐐩', 'not met'],
  ['the same, beside other text', 'StringEqualsIgnoreCase', 'A𐐁B', 'a𐐁b', 'met'],
  ['compared in lower case alone', 'StringEqualsIgnoreCase', 'I', 'ı', 'not met'],
  ['a sigma at the end is another letter', 'StringEqualsIgnoreCase', 'ΑΣ', 'ας', 'met'],
  ['a sigma at the end is no other sigma', 'StringEqualsIgnoreCase', 'ΑΣ', 'ασ', 'not met'],
];

describe.each([
  ['the empty text', emptyText],
  ['Bool and Null', booleans],
  ['IP addresses', addresses],
  ['ARNs', arns],
  ['numbers and dates', numbersAndDates],
  ['binary values', binaries],
  ['text', text],
])('%s', (_group, cases) => {
  test.each(cases)('%s: %s %j on %j', (_trap, operator, wanted, actual, expected) => {
    check(operator, 'app:key', wanted, { 'app:key': actual }, expected);
  });
});

test.each([
  ['an ARN from a variable', 'arn:aws:iam::1:role/a', 'met'],
  ['text from a variable that is no ARN', 'admin', 'failed'],
] satisfies [string, string, Expected][])('ArnLike with %s', (_name, value, expected) => {
  check('ArnLike', 'app:key', '${app:pattern}', { 'app:key': 'arn:aws:iam::1:role/a', 'app:pattern': value }, expected);
});

test('ArnLike with an unknown variable that may be no ARN depends on it, whichever patterns follow', () => {
  const known = { 'app:key': 'arn:aws:iam::1:role/a', 'app:pattern': '?' };
  const Condition = { ArnLike: { 'app:key': ['${app:pattern}', 'arn:aws:iam::*:role/*'] } };
  expect(ask([policyOf({ Condition })], { known }).effect).toBe('depends');
});

test('ArnLike with an unknown variable in text that is no ARN depends on it, for the Deny may apply', () => {
  const known = { 'app:key': 'arn:aws:iam::1:role/a', 'app:pattern': '?' };
  const Condition = { ArnLike: { 'app:key': 'admin-${app:pattern}' } };
  expect(ask([policyOf({}, { Effect: 'Deny', Condition })], { known }).effect).toBe('depends');
});

test.each([
  ['never met where the text cannot be true', 'is-${app:flag}', 'true', 'denied'],
  ['open where the text may be true', '${app:flag}', 'true', 'depends'],
  ['open where the text may be false', '${app:flag}', 'no', 'depends'],
])('Bool with an unknown variable is %s', (_name, wanted, actual, expected) => {
  const known = { 'app:key': actual, 'app:flag': '?' };
  expect(ask([policyOf({ Condition: { Bool: { 'app:key': wanted } } })], { known }).effect).toBe(expected);
});

test('an unknown variable may leave a sigma at the end', () => {
  const known = { 'app:key': 'ΑΣ', 'app:rest': '?' };
  const Condition = { StringEqualsIgnoreCase: { 'app:key': 'ΑΣ${app:rest}' } };
  expect(ask([policyOf({ Condition })], { known }).effect).toBe('depends');
});
