import { spellConditionKey } from '../../lambda/scanner/iam/condition-key-spelling.ts';

test.each([
  ['aws:sourceip', 'aws:SourceIp'],
  ['aws:multifactorauthpresent', 'aws:MultiFactorAuthPresent'],
  ['aws:principaltag/team', 'aws:PrincipalTag/team'],
  ['custom:key', 'custom:key'],
])('%s is shown as %s', (key, shown) => {
  expect(spellConditionKey(key)).toBe(shown);
});
