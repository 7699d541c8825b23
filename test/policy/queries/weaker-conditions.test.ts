import type { Dependency } from '../../../lambda/scanner/policy/conditions/condition.ts';
import { isWeaker } from '../../../lambda/scanner/policy/queries/weaker-conditions.ts';

const on = (operator: string, ...values: readonly string[]): Dependency => ({
  key: 'aws:x',
  operator,
  values,
  controlledBy: 'environment',
  effect: 'Allow',
});
const guard = (operator: string, ...values: readonly string[]): Dependency => ({ ...on(operator, ...values), effect: 'Deny' });

describe('a condition with more values', () => {
  test.each([
    'StringEquals',
    'StringEqualsIgnoreCase',
    'StringLike',
    'ArnEquals',
    'ArnLike',
    'IpAddress',
    'StringEqualsIfExists',
    'ForAnyValue:StringLike',
    'ForAllValues:StringEqualsIfExists',
  ])('of %s in an Allow is weaker, in a Deny stronger', (operator) => {
    expect(isWeaker([on(operator, 'a', 'b')], [on(operator, 'a')])).toBe(true);
    expect(isWeaker([on(operator, 'a')], [on(operator, 'a', 'b')])).toBe(false);
    expect(isWeaker([guard(operator, 'a', 'b')], [guard(operator, 'a')])).toBe(false);
    expect(isWeaker([guard(operator, 'a')], [guard(operator, 'a', 'b')])).toBe(true);
  });

  test.each([
    'StringNotEquals',
    'StringNotEqualsIgnoreCase',
    'StringNotLike',
    'ArnNotEquals',
    'ArnNotLike',
    'NotIpAddress',
    'StringNotEqualsIfExists',
    'ForAnyValue:StringNotLike',
    'ForAllValues:StringNotEqualsIfExists',
  ])('of %s in an Allow is stronger, in a Deny weaker', (operator) => {
    expect(isWeaker([on(operator, 'a', 'b')], [on(operator, 'a')])).toBe(false);
    expect(isWeaker([on(operator, 'a')], [on(operator, 'a', 'b')])).toBe(true);
    expect(isWeaker([guard(operator, 'a', 'b')], [guard(operator, 'a')])).toBe(true);
    expect(isWeaker([guard(operator, 'a')], [guard(operator, 'a', 'b')])).toBe(false);
  });

  test.each(['Bool', 'Null', 'DateLessThan', 'NumericGreaterThan', 'BinaryEquals'])(
    'of %s is not compared: it must be the same',
    (operator) => {
      expect(isWeaker([on(operator, 'a', 'b')], [on(operator, 'a')])).toBe(false);
      expect(isWeaker([on(operator, 'a')], [on(operator, 'a', 'b')])).toBe(false);
      expect(isWeaker([on(operator, 'a', 'b')], [on(operator, 'b', 'a', 'a')])).toBe(true);
    },
  );
});

test.each<[name: string, other: Partial<Dependency>]>([
  ['key', { key: 'aws:y' }],
  ['operator', { operator: 'StringLike' }],
  ['effect', { effect: 'Deny' }],
])('a condition of another %s is not compared', (_name, other) => {
  expect(isWeaker([on('StringEquals', 'a')], [{ ...on('StringEquals', 'a'), ...other }])).toBe(false);
});

test('lists of which neither holds the other are not compared', () => {
  expect(isWeaker([on('StringEquals', 'a', 'b')], [on('StringEquals', 'b', 'c')])).toBe(false);
  expect(isWeaker([on('StringNotEquals', 'a', 'b')], [on('StringNotEquals', 'b', 'c')])).toBe(false);
});

test('each of the first must be weaker than one of the second', () => {
  const [a, b] = [on('StringEquals', 'a'), on('IpAddress', '192.0.2.0/24')];
  expect(isWeaker([], [])).toBe(true);
  expect(isWeaker([], [a])).toBe(true);
  expect(isWeaker([a], [])).toBe(false);
  expect(isWeaker([a], [b, a])).toBe(true);
  expect(isWeaker([a, b], [a])).toBe(false);
});
