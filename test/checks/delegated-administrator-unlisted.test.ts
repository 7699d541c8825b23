import check from '../../lambda/scanner/checks/delegated-administrator-unlisted.ts';
import { describeCheck } from '../support/check-tester.ts';
import { ACCOUNT } from '../support/builders.ts';
import { withParts } from '../support/organization-given.ts';

const A = '222233334444';
const delegated = (...services: readonly string[]) =>
  withParts({
    DelegatedAdministrators: [{ Id: A, DelegatedServices: services.map((ServicePrincipal) => ({ ServicePrincipal })) }],
  });

describeCheck(check, {
  passes: { 'an account that administers a security service': delegated('guardduty.amazonaws.com') },
  fails: {
    'an account that is not approved': {
      given: delegated('sso.amazonaws.com'),
      says: `Account ${A} administers sso.amazonaws.com without approval (organization of ${ACCOUNT})\n`,
    },
    'a service with a long name, which is not cut': {
      given: delegated('member.org.stacksets.cloudformation.amazonaws.com'),
      says: `Account ${A} administers member.org.stacksets.cloudformation without approval (organization of ${ACCOUNT})\n`,
    },
    'an account that is approved for one of its two services': {
      given: delegated('guardduty.amazonaws.com', 'sso.amazonaws.com'),
      params: { allowed: [`${A}/guardduty.amazonaws.com`] },
      says: 'administers sso.amazonaws.com',
    },
  },
  ignores: {
    'an organization without delegated administrators': withParts({ DelegatedAdministrators: [] }),
    'an account that was scanned alone': {},
  },
  unknowns: {
    'delegated administrators that could not be listed': {
      given: withParts({ DelegatedAdministrators: undefined }),
      says: 'DelegatedAdministrators: access was denied',
    },
  },
});
