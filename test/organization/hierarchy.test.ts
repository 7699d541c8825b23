import type { Json } from '../../lambda/scanner/model/json.ts';
import { ancestorsOf, organizationPathOf } from '../../lambda/scanner/organization/hierarchy.ts';
import { ROOT, anOrganization } from '../support/organization.ts';

const A = '222233334444';
const [OUTER, INNER] = ['ou-ab12-outer', 'ou-ab12-inner'] as const;
const units = [
  { Id: OUTER, Name: 'Outer', ParentId: ROOT },
  { Id: INNER, Name: '', ParentId: OUTER },
];

function placeOf(account: Readonly<Record<string, Json>>, parts: Readonly<Record<string, Json | undefined>> = {}) {
  const organization = anOrganization({
    parts: { OrganizationalUnits: units, Accounts: [{ Id: A, State: 'ACTIVE', ...account }], ...parts },
  });
  const [member] = organization.Accounts.status === 'collected' ? organization.Accounts.value : [];
  if (!member) throw new Error('there is no account');
  return { above: ancestorsOf(organization, member)?.map(({ name }) => name), path: organizationPathOf(organization, member) };
}

const throughBoth = {
  above: ['root', 'organizational unit Outer', `organizational unit ${INNER}`],
  path: `o-exampleorgid/${ROOT}/${OUTER}/${INNER}/`,
};

test.each([
  ['as AWS tells its path, which ends with the account', { Paths: [`o-exampleorgid/${ROOT}/${OUTER}/${INNER}/${A}/`] }],
  ['by a path that ends with the unit, as in older snapshots', { Paths: [`o-exampleorgid/${ROOT}/${OUTER}/${INNER}/`] }],
  ['by the unit that lists it, and the units above that', { ParentId: INNER }],
])('an account lies where it lies: %s', (_name, account) => {
  expect(placeOf(account)).toEqual(throughBoth);
});

test.each([
  ['as AWS tells its path', { Paths: [`o-exampleorgid/${ROOT}/${A}/`] }],
  ['without the account', { Paths: [`o-exampleorgid/${ROOT}/`] }],
  ['by its parent', { ParentId: ROOT }],
])('right below the root: %s', (_name, account) => {
  expect(placeOf(account)).toEqual({ above: ['root'], path: `o-exampleorgid/${ROOT}/` });
});

test('the root is known by its id where the roots could not be seen', () => {
  expect(placeOf({ ParentId: INNER }, { Roots: undefined })).toEqual(throughBoth);
});

test('units that could not be listed are named by their ids', () => {
  const account = { Paths: [`o-exampleorgid/${ROOT}/${OUTER}/${A}/`] };
  expect(placeOf(account, { OrganizationalUnits: undefined }).above).toEqual(['root', OUTER]);
});

test.each([
  ['AWS told nothing', {}, {}],
  ['the unit above it is not known', { ParentId: 'ou-ab12-other' }, {}],
  ['the units could not be seen', { ParentId: INNER }, { OrganizationalUnits: undefined }],
  ['the units go round in a circle', { ParentId: INNER }, { OrganizationalUnits: [{ Id: INNER, ParentId: INNER }] }],
])('where it lies is not known: %s', (_name, account, parts) => {
  expect(placeOf(account, parts)).toEqual({ above: undefined, path: undefined });
});

test('without the id of the Organization there is no path', () => {
  expect(placeOf({ ParentId: ROOT }, { Organization: undefined }).path).toBeUndefined();
});
