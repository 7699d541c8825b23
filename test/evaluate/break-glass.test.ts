import { type Config, defaultConfig } from '../../lambda/scanner/config.ts';
import { breakGlassIn } from '../../lambda/scanner/evaluate/break-glass.ts';
import type { User } from '../../lambda/scanner/facts/identity.ts';
import { ACCOUNT, aUser } from '../support/builders.ts';

const isBreakGlass = (breakGlass: Partial<Config['breakGlass']>, user = aUser('bg-ann')): boolean =>
  breakGlassIn({ ...defaultConfig, breakGlass: { ...defaultConfig.breakGlass, ...breakGlass } })(user);

const tagged = (...tags: readonly (readonly [string, string])[]) => aUser('ann', { tags: new Map(tags) });
const mark = { purpose: 'break-glass' };

test.each<[name: string, breakGlass: Partial<Config['breakGlass']>, expected: boolean]>([
  ['nothing is configured', {}, false],
  ['its ARN is listed', { arns: [`arn:aws:iam::${ACCOUNT}:user/bg-ann`] }, true],
  ['a pattern matches its ARN', { arns: ['arn:aws:iam::*:user/bg-*'] }, true],
  ['the second pattern matches its ARN', { arns: ['arn:aws:iam::*:role/*', '*:user/bg-???'] }, true],
  ['no pattern matches its whole ARN', { arns: ['bg-ann', 'arn:aws:iam::*:user/bg'] }, false],
])('by ARN: %s', (_name, breakGlass, expected) => {
  expect(isBreakGlass(breakGlass)).toBe(expected);
});

test.each<[name: string, user: User, tags: Readonly<Record<string, string>>, expected: boolean]>([
  ['it has the tag with the value', tagged(['purpose', 'break-glass']), mark, true],
  ['one of two tags is enough', tagged(['tier', '0']), { ...mark, tier: '0' }, true],
  ['the tag has another value', tagged(['purpose', 'ci']), mark, false],
  ['another tag has the value', tagged(['team', 'break-glass']), mark, false],
  ['it has no tags', tagged(), mark, false],
  ['it has tags, and none is configured', tagged(['purpose', 'break-glass']), {}, false],
])('by tag: %s', (_name, user, tags, expected) => {
  expect(isBreakGlass({ tags }, user)).toBe(expected);
});

test('an identity with the tag is break-glass, where patterns are configured that do not match it', () => {
  expect(isBreakGlass({ arns: ['arn:aws:iam::*:role/*'], tags: mark }, tagged(['purpose', 'break-glass']))).toBe(true);
});
