import type { Json } from '../../../lambda/scanner/model/json.ts';
import { ask, holds, policyOf } from '../support.ts';
import type { Known } from '../support.ts';

type Case = readonly [name: string, operator: string, wanted: string, known: Known, expected: 'allowed' | 'denied' | 'depends'];

const cases: readonly Case[] = [
  ['a variable', 'StringEquals', '${aws:username}', { 'aws:username': 'alice' }, 'allowed'],
  ['a variable in another case', 'StringEquals', '${AWS:UserName}', { 'aws:username': 'alice' }, 'allowed'],
  ['with text around', 'StringLike', 'a?ic${app:e}*', { 'app:e': 'e' }, 'allowed'],
  ['two variables', 'StringEquals', '${app:a}${app:b}', { 'app:a': 'ali', 'app:b': 'ce' }, 'allowed'],
  ['a star beside a variable is a star to StringEquals', 'StringEquals', 'a*${app:e}', { 'app:e': 'e' }, 'denied'],
  ['another value', 'StringEquals', '${aws:username}', { 'aws:username': 'bob' }, 'denied'],
  ['case counts', 'StringEquals', '${aws:username}', { 'aws:username': 'ALICE' }, 'denied'],
  ['case does not count', 'StringEqualsIgnoreCase', '${aws:username}', { 'aws:username': 'ALICE' }, 'allowed'],
  ['a missing variable', 'StringEquals', '${aws:username}', {}, 'denied'],
  ['a missing variable, negated', 'StringNotEquals', '${aws:username}', {}, 'allowed'],
  ['a missing variable with a default', 'StringEquals', "${aws:PrincipalTag/team, 'alice'}", {}, 'allowed'],
  ['a default without the space', 'StringEquals', "${aws:username,'alice'}", {}, 'allowed'],
  ['a default not needed', 'StringEquals', "${aws:username, 'alice'}", { 'aws:username': 'bob' }, 'denied'],
  [
    'a tag key with a space',
    'StringEquals',
    '${aws:PrincipalTag/Cost Center}',
    { 'aws:principaltag/cost center': 'alice' },
    'allowed',
  ],
  ['several values are no variable', 'StringEquals', '${aws:tagkeys}', { 'aws:tagkeys': ['alice', 'alice'] }, 'denied'],
  ['a value with a star is no pattern', 'StringLike', '${aws:username}', { 'aws:username': 'a*' }, 'denied'],
  ['an unknown variable', 'StringEquals', '${aws:username}', { 'aws:username': '?' }, 'depends'],
  ['an unknown variable, negated', 'StringNotEquals', '${aws:username}', { 'aws:username': '?' }, 'depends'],
  ['an unknown variable in a pattern that cannot match', 'StringLike', 'b*${aws:username}', { 'aws:username': '?' }, 'denied'],
  ['the same, negated', 'StringNotLike', 'b*${aws:username}', { 'aws:username': '?' }, 'allowed'],
  ['an unclosed variable is text', 'StringEquals', '${aws:username', { 'aws:username': 'alice' }, 'denied'],
];

test.each(cases)('%s: %s %s', (_name, operator, wanted, known, expected) => {
  expect(holds(operator, 'app:key', wanted, { ...known, 'app:key': 'alice' })).toBe(expected);
});

test.each([
  ['${*} is a star', 'StringLike', 'a${*}', 'a*', 'allowed'],
  ['${*} is no wildcard', 'StringLike', 'a${*}', 'ab', 'denied'],
  ['${?} is no wildcard', 'StringLike', 'a${?}', 'ab', 'denied'],
  ['${?} is a question mark', 'StringLike', 'a${?}', 'a?', 'allowed'],
  ['${$} is a dollar', 'StringEquals', '${$}{aws:username}', '${aws:username}', 'allowed'],
  ['an empty variable is text', 'StringEquals', '${}', '${}', 'allowed'],
  ['numbers know no variables', 'NumericEquals', '${app:key}', '10', 'denied'],
  ['a variable can be a whole ARN', 'ArnEquals', '${app:key}', 'arn:aws:iam::1:role/a', 'allowed'],
  ['Bool: a variable that is no boolean is false', 'Bool', '${app:key}', 'yes', 'allowed'],
  ['Bool knows variables', 'Bool', '${app:key}', 'true', 'allowed'],
])('%s', (_name, operator, wanted, actual, expected) => {
  expect(holds(operator, 'app:key', wanted, { 'app:key': actual })).toBe(expected);
});

test.each<Case>([
  ['no value equals a variable without a value', 'StringEquals', '${aws:username}', {}, 'denied'],
  ['the same, negated', 'StringNotEquals', '${aws:username}', {}, 'allowed'],
  ['the same for ARNs', 'ArnLike', '${aws:username}', {}, 'denied'],
  ['of several values, if there are any', 'ForAnyValue:StringLike', 'a${aws:username}*', {}, 'denied'],
  ['of several values, and there may be none', 'ForAllValues:StringLike', 'a${aws:username}*', {}, 'depends'],
  ['the key may be missing', 'StringEqualsIfExists', '${aws:username}', {}, 'depends'],
  ['the variable has a default', 'StringEquals', "${aws:username, 'alice'}", {}, 'depends'],
  ['the variable has a value', 'StringEquals', '${aws:username}', { 'aws:username': 'alice' }, 'depends'],
  ['the variable is unknown', 'StringEquals', '${aws:username}', { 'aws:username': '?' }, 'depends'],
])('an unknown key: %s: %s %s', (_name, operator, wanted, known, expected) => {
  expect(holds(operator, 'app:key', wanted, { ...known, 'app:key': '?' })).toBe(expected);
});

test('an unknown key of which one value may still match', () => {
  const document = policyOf({ Condition: { StringEquals: { 'app:key': ['${aws:username}', 'alice'] } } });
  expect(ask([document], { known: { 'app:key': '?' } }).effect).toBe('depends');
  const hopeless = policyOf({ Condition: { StringEquals: { 'app:key': ['${aws:username}', 'a${aws:userid}'] } } });
  expect(ask([hopeless], { known: { 'app:key': '?' } }).effect).toBe('denied');
});

test('an unknown variable in an ARN may hold colons', () => {
  const known = { 'app:key': 'arn:aws:iam::1:role/a', 'app:x': '?' };
  expect(holds('ArnLike', 'app:key', 'arn:${app:x}:role/a', known)).toBe('depends');
});

test.each(['2008-10-17', undefined])('in a policy of version %s a variable is text', (version) => {
  const statement: Json = {
    Effect: 'Allow',
    Action: '*',
    Resource: 'arn:aws:iam::1:user/${aws:username}',
    Condition: { StringEquals: { 'app:key': '${aws:username}' } },
  };
  const document: Json = { ...(version === undefined ? {} : { Version: version }), Statement: statement };
  const known = { 'aws:username': 'alice', 'app:key': '${aws:username}' };
  expect(ask([document], { resource: 'arn:aws:iam::1:user/alice', known }).effect).toBe('denied');
  expect(ask([document], { resource: 'arn:aws:iam::1:user/${aws:username}', known }).effect).toBe('allowed');
});

test('a dependency on a variable has the key of the variable and who controls it', () => {
  const document = policyOf({ Condition: { StringEquals: { 'app:key': '${aws:PrincipalTag/Team}' } } });
  expect(ask([document], { known: { 'app:key': 'a', 'aws:principaltag/team': '?' } })).toEqual({
    effect: 'depends',
    by: [{ policy: 'p0', index: 0 }],
    on: [
      {
        key: 'aws:principaltag/team',
        operator: 'StringEquals',
        values: ['${aws:PrincipalTag/Team}'],
        controlledBy: 'environment',
        effect: 'Allow',
      },
    ],
    guards: [],
  });
});
