import { ofOrganization } from '../../../lambda/scanner/check-support/organization/organization-subjects.ts';
import { ACCOUNT } from '../../support/builders.ts';

const context = { accountId: ACCOUNT };
const suffix = ` (organization of ${ACCOUNT})`;
const user = `${'a'.repeat(30)}@example.com`;
const set = 'b'.repeat(40);
const about = (...names: readonly string[]) => ofOrganization(`User ${user} has ${set}`, names, context);

test('a headline ends with the account that reports it', () => {
  expect(ofOrganization('User ann has Admin', ['ann', 'Admin'], context)).toBe(`User ann has Admin${suffix}`);
});

test('a long headline loses the middle of its first name, then of the next', () => {
  expect(about(user, set)).toBe(`User ${'a'.repeat(19)}…aaaaaaa@example.com has ${set}${suffix}`);
  expect(ofOrganization(`User ${user} is directly assigned ${set}`, ['ann', set], context)).toHaveLength(120);
});

test('a headline keeps its account even if the names are as short as they can be', () => {
  const long = ofOrganization(`User ${user} has ${'c'.repeat(50)} and ${set}`, [user, set], context);
  expect(long).toContain('aaaaaa…e.com');
  expect(long).toContain(suffix);
});
