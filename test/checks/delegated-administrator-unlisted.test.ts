import check from '../../lambda/scanner/checks/delegated-administrator-unlisted.ts';
import { describeCheck } from '../support/check-tester.ts';
import { withParts } from '../support/organization-given.ts';

const A = '222233334444';
const delegated = (...services: readonly string[]) =>
  withParts({
    DelegatedAdministrators: [{ Id: A, DelegatedServices: services.map((ServicePrincipal) => ({ ServicePrincipal })) }],
  });

describeCheck(check, {
  passes: { 'an account that administers a service that watches': delegated('guardduty.amazonaws.com') },
  fails: {
    'an account that is not listed': {
      given: delegated('sso.amazonaws.com'),
      says: `Account ${A} administers sso.amazonaws.com for the whole Organization`,
    },
    'one of two that is not listed for its service': {
      given: delegated('guardduty.amazonaws.com', 'sso.amazonaws.com'),
      params: { allowed: [`${A}/guardduty.amazonaws.com`] },
      says: 'administers sso.amazonaws.com',
    },
  },
  ignores: { 'an Organization that delegates nothing': withParts({ DelegatedAdministrators: [] }), 'an account by itself': {} },
  unknowns: {
    'administrators that could not be listed': {
      given: withParts({ DelegatedAdministrators: undefined }),
      says: 'DelegatedAdministrators: access was denied',
    },
  },
});
