import type { Json } from '../../../lambda/scanner/model/json.ts';
import { ask, holds, policyOf } from '../support.ts';
import type { Known } from '../support.ts';

type Held = string | readonly string[] | null;
type Case = readonly [name: string, operator: string, wanted: Json, actual: Held, expected: 'allowed' | 'denied' | 'depends'];

const missing: readonly Case[] = [
  ['a positive operator', 'StringEquals', 'a', null, 'denied'],
  ['a negated operator', 'StringNotEquals', 'a', null, 'allowed'],
  ['StringNotLike of everything', 'StringNotLike', '*', null, 'allowed'],
  ['NotIpAddress', 'NotIpAddress', '10.0.0.0/8', null, 'allowed'],
  ['NumericNotEquals', 'NumericNotEquals', '1', null, 'allowed'],
  ['DateNotEquals', 'DateNotEquals', '2026-01-01', null, 'allowed'],
  ['ArnNotLike', 'ArnNotLike', 'arn:aws:iam::*:role/*', null, 'allowed'],
  ['DateGreaterThan, as for TokenIssueTime of a long-lived key', 'DateGreaterThan', '2020-01-01', null, 'denied'],
  ['Bool, as for MultiFactorAuthPresent of a long-lived key', 'Bool', 'false', null, 'denied'],
  ['BoolIfExists', 'BoolIfExists', 'false', null, 'allowed'],
  ['a negated operator IfExists', 'StringNotEqualsIfExists', 'a', null, 'allowed'],
  ['ForAllValues', 'ForAllValues:StringEquals', 'a', null, 'allowed'],
  ['ForAllValues, negated', 'ForAllValues:StringNotEquals', 'a', null, 'allowed'],
  ['ForAnyValue', 'ForAnyValue:StringEquals', 'a', null, 'denied'],
  ['ForAnyValue, negated', 'ForAnyValue:StringNotEquals', 'a', null, 'denied'],
  ['ForAnyValue IfExists', 'ForAnyValue:StringEqualsIfExists', 'a', null, 'allowed'],
  ['a key with an empty list', 'StringEquals', 'a', [], 'denied'],
  ['Null true', 'Null', 'true', null, 'allowed'],
  ['Null false', 'Null', 'false', null, 'denied'],
  ['Null, a JSON boolean', 'Null', true, null, 'allowed'],
];

const sets: readonly Case[] = [
  ['Null true on a key that is there', 'Null', 'true', 'x', 'denied'],
  ['Null false on a key that is there', 'Null', 'false', 'x', 'allowed'],
  ['Null false on an empty value', 'Null', 'false', '', 'allowed'],
  ['IfExists looks at a key that is there', 'StringEqualsIfExists', 'a', 'b', 'denied'],
  ['ForAllValues, all match', 'ForAllValues:StringEquals', ['a', 'b'], ['b', 'a'], 'allowed'],
  ['ForAllValues, one does not', 'ForAllValues:StringEquals', ['a', 'b'], ['b', 'c'], 'denied'],
  ['ForAllValues, negated, one matches', 'ForAllValues:StringNotEquals', ['a', 'b'], ['b', 'c'], 'denied'],
  ['ForAllValues, negated, none matches', 'ForAllValues:StringNotEquals', ['a', 'b'], ['c'], 'allowed'],
  ['ForAllValues of an empty string', 'ForAllValues:StringEquals', 'a', '', 'denied'],
  ['ForAnyValue, one matches', 'ForAnyValue:StringLike', ['b*'], ['a', 'bb'], 'allowed'],
  ['ForAnyValue, none matches', 'ForAnyValue:StringLike', ['b*'], ['a', 'c'], 'denied'],
  ['ForAnyValue, negated, one does not match', 'ForAnyValue:StringNotEquals', 'a', ['a', 'c'], 'allowed'],
  ['ForAnyValue, negated, all match', 'ForAnyValue:StringNotEquals', 'a', ['a'], 'denied'],
  ['ForAnyValue of an empty string', 'ForAnyValue:StringEquals', '', '', 'allowed'],
  ['several values and no set operator', 'StringEquals', 'a', ['b', 'a'], 'denied'],
  ['several values and no set operator, negated', 'StringNotEquals', 'a', ['b', 'c'], 'denied'],
];

const unknown: readonly Case[] = [
  ['StringEquals', 'StringEquals', 'a', '?', 'depends'],
  ['StringEqualsIfExists', 'StringEqualsIfExists', 'a', '?', 'depends'],
  ['StringLike of everything, for it may be absent', 'StringLike', '*', '?', 'depends'],
  ['StringLikeIfExists of everything', 'StringLikeIfExists', '*', '?', 'allowed'],
  ['StringLikeIfExists of two stars', 'StringLikeIfExists', '**', '?', 'allowed'],
  ['StringNotLike of everything, for it may be absent', 'StringNotLike', '*', '?', 'depends'],
  ['StringEquals of nothing', 'StringEquals', [], '?', 'denied'],
  ['StringEqualsIfExists of nothing, for it may be absent', 'StringEqualsIfExists', [], '?', 'depends'],
  ['StringNotEquals of nothing', 'StringNotEquals', [], '?', 'allowed'],
  ['a number that is none', 'NumericLessThan', 'ten', '?', 'denied'],
  ['a range that is none', 'IpAddress', '1.2.3.4/99', '?', 'denied'],
  ['a range that is none, negated, for the address may be none', 'NotIpAddress', '1.2.3.4/99', '?', 'depends'],
  ['no ARN, negated, for the value may be none', 'ArnNotLike', [], '?', 'depends'],
  ['a range of all addresses', 'IpAddress', '0.0.0.0/0', '?', 'depends'],
  ['ForAllValues', 'ForAllValues:StringEquals', 'a', '?', 'depends'],
  ['ForAllValues of everything', 'ForAllValues:StringLike', '*', '?', 'allowed'],
  ['ForAllValues, negated, of nothing', 'ForAllValues:StringNotEquals', [], '?', 'allowed'],
  ['ForAnyValue', 'ForAnyValue:StringLike', '*', '?', 'depends'],
  ['ForAnyValue of nothing', 'ForAnyValue:StringLike', [], '?', 'denied'],
  ['ForAnyValue IfExists of everything', 'ForAnyValue:StringLikeIfExists', '*', '?', 'allowed'],
  ['Null', 'Null', 'true', '?', 'depends'],
  ['Null of either', 'Null', ['true', 'false'], '?', 'allowed'],
  ['Null of neither', 'Null', [], '?', 'denied'],
];

describe.each([
  ['a missing key', missing],
  ['presence and set operators', sets],
  ['an unknown key', unknown],
])('%s', (_group, cases) => {
  test.each(cases)('%s: %s %j on %j', (_name, operator, wanted, actual, expected) => {
    expect(holds(operator, 'app:key', wanted, { 'app:key': actual })).toBe(expected);
  });
});

describe('keys', () => {
  test('ignore case', () => {
    expect(holds('StringEquals', 'AWS:UserName', 'alice', { 'aws:username': 'alice' })).toBe('allowed');
  });

  test.each([
    ['all must hold', { 'app:a': '1', 'app:b': '3' }, 'denied'],
    ['all hold', { 'app:a': '1', 'app:b': '2' }, 'allowed'],
    ['one is unknown, the rest hold', { 'app:a': '1', 'app:b': '?' }, 'depends'],
    ['one is unknown, another fails', { 'app:a': '?', 'app:b': '3' }, 'denied'],
  ] satisfies [string, Known, string][])('%s', (_name, known, expected) => {
    const document = policyOf({ Condition: { StringEquals: { 'app:a': '1' }, StringLike: { 'app:b': '2' } } });
    expect(ask([document], { known }).effect).toBe(expected);
  });

  test('written twice in different case are two conditions', () => {
    const document = policyOf({ Condition: { StringEquals: { 'aws:username': 'alice', 'AWS:username': 'bob' } } });
    expect(ask([document], { known: { 'aws:username': 'alice' } }).effect).toBe('denied');
  });

  test.each(['__proto__', 'constructor', 'toString'])('named %s are keys like any other', (key) => {
    expect(holds('StringEquals', key, 'x', {})).toBe('denied');
    expect(holds('StringEquals', key, 'x', Object.fromEntries([[key.toLowerCase(), 'x']]))).toBe('allowed');
  });
});
