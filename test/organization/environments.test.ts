import { createEnvironments } from '../../lambda/scanner/organization/environments.ts';
import { anOrganization } from '../support/organization.ts';

const [A, B, C, D] = ['222233334444', '333344445555', '444455556666', '555566667777'];
const organization = anOrganization({
  accounts: { [A]: ['Production'], [B]: ['Production', 'Development'], [C]: ['Infrastructure'], [D]: ['Production'] },
  names: { [D]: 'sandbox' },
});

test('by default the name of the account tells it, then that of the nearest unit', () => {
  const environmentOf = createEnvironments({}, organization);
  expect([A, B, C, D].map(environmentOf)).toEqual(['production', 'development', undefined, 'development']);
});

test('the configuration decides first, by the account and then by the nearest unit', () => {
  const environmentOf = createEnvironments({ staging: ['Infrastructure', 'Production'], production: [B] }, organization);
  expect([A, B, C, D].map(environmentOf)).toEqual(['staging', 'production', 'staging', 'staging']);
});

test('without the organization the configuration and the listed names tell it', () => {
  const listed = [{ id: A, name: 'shop-prod', active: true }];
  const environmentOf = createEnvironments({ development: [C] }, undefined, listed);
  expect([A, B, C].map(environmentOf)).toEqual(['production', undefined, 'development']);
});
