import { createIsAmong } from '../../lambda/scanner/organization/account-groups.ts';
import { createEnvironments } from '../../lambda/scanner/organization/environments.ts';
import { anOrganization } from '../support/organization.ts';

const [A, B, C, ABSENT] = ['222233334444', '333344445555', '444455556666', '555566667777'];
const organization = anOrganization({ accounts: { [A]: ['Production'], [B]: ['Production', 'Shop'], [C]: ['Infrastructure'] } });
const isAmong = createIsAmong(organization, createEnvironments({}, organization));
const alone = createIsAmong(undefined, createEnvironments({ production: [A] }, undefined));

test.each([
  ['no names: every account', A, undefined, true],
  ['its ID', A, [A], true],
  ['another ID', A, [B], false],
  ['its environment, by the name of its unit', B, ['production'], true],
  ['an account of a known name that is in no environment', C, ['production'], false],
  ['its unit', B, ['Shop'], true],
  ['a unit above its own', B, ['Production'], true],
  ['another unit', A, ['Shop'], false],
  ['the root', A, ['r-ab12'], true],
  ['one of several', A, ['Shop', 'development', A], true],
  ['a known one beside a unit that there is not', A, ['Shopp', A], true],
])('%s', (_name, account, names, expected) => {
  expect(isAmong(account, names)).toEqual({ status: 'collected', value: expected });
});

test.each([
  ['a unit that the organization does not have', isAmong, A, ['Shopp'], 'there is no organizational unit Shopp'],
  ['an account that is not listed', isAmong, ABSENT, ['Shop'], `the organizational units of account ${ABSENT} are not known`],
  [
    'a unit, without the organization',
    alone,
    A,
    ['Shop'],
    'the organizational units are not known, and so not whether Shop is one',
  ],
  ['an environment that nothing tells', alone, B, ['production'], `the environment of account ${B} is not known`],
])('is not known: %s', (_name, among, account, names, reason) => {
  expect(among(account, names)).toMatchObject({ status: 'unavailable', reason: expect.stringContaining(reason) as string });
});
