import { memoizeByFacts } from '../../../lambda/scanner/check-support/principals/memoize-by-facts.ts';
import { identities } from '../../support/builders.ts';

test('the value is computed once for the same facts, and again for other facts', () => {
  const make = jest.fn(() => ({}));
  const made = memoizeByFacts(['access'], make);
  const facts = { identities: identities({}), access: new Map() };
  const first = made(facts);
  expect(made({ ...facts })).toBe(first);
  expect(made({ ...facts, access: new Map() })).not.toBe(first);
  expect(made({ ...facts, identities: identities({}) })).not.toBe(first);
  expect(make).toHaveBeenCalledTimes(3);
});
