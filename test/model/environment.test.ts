import { environmentInName, isLowerThan } from '../../lambda/scanner/model/environment.ts';

test.each([
  ['Acme Production', 'production'],
  ['shop-prod', 'production'],
  ['shop_prd_01', 'production'],
  ['WorkloadsProd', 'production'],
  ['prod2', 'production'],
  ['live', 'production'],
  ['Acme Development', 'development'],
  ['dev1', 'development'],
  ['Sandbox of production', 'development'],
  ['pre-prod', 'staging'],
  ['NonProduction', 'staging'],
  ['non prod', 'staging'],
  ['shop-staging', 'staging'],
  ['UAT', 'staging'],
  ['Products', undefined],
  ['Device farm', undefined],
  ['Security', undefined],
  ['', undefined],
])('the name %j says %s', (name, environment) => {
  expect(environmentInName(name)).toBe(environment);
});

test('an environment that is not known is neither lower nor higher', () => {
  expect(isLowerThan('development', 'production')).toBe(true);
  expect(isLowerThan('production', 'staging')).toBe(false);
  expect(isLowerThan('staging', 'staging')).toBe(false);
  expect(isLowerThan(undefined, 'production')).toBe(false);
  expect(isLowerThan('development', undefined)).toBe(false);
});
