import { membersOf, plannedAccounts } from '../../lambda/scanner/organization/planned-accounts.ts';
import { MANAGEMENT, anOrganization } from '../support/organization.ts';

const [A, B, C] = ['222233334444', '333344445555', '444455556666'] as const;
const Accounts = [
  { Id: C, Name: 'c', Status: 'ACTIVE' },
  { Id: A, Name: 'a', State: 'ACTIVE' },
  { Id: B, Name: 'b', State: 'SUSPENDED', Status: 'ACTIVE' },
];

test('the active accounts are planned, by id; State counts before the retired Status', () => {
  expect(plannedAccounts(anOrganization({ parts: { Accounts } })).map(({ id }) => id)).toEqual([A, C]);
});

test('what could not be listed cannot be planned', () => {
  expect(() => plannedAccounts(anOrganization({ parts: { Accounts: undefined } }))).toThrow(
    'the accounts of the organization could not be listed: access was denied. Use credentials of the management account',
  );
});

test('all are members, and one speaks for them, as far as that could be seen', () => {
  expect(membersOf(anOrganization({ parts: { Accounts } }))).toEqual({
    managementAccountId: MANAGEMENT,
    organizationAccounts: [
      { id: C, name: 'c', active: true },
      { id: A, name: 'a', active: true },
      { id: B, name: 'b', active: false },
    ],
  });
  expect(membersOf(anOrganization({ parts: { Accounts: undefined, Organization: undefined } }))).toEqual({});
});
