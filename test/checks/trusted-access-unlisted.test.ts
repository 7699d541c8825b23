import check from '../../lambda/scanner/checks/trusted-access-unlisted.ts';
import { describeCheck } from '../support/check-tester.ts';
import { ACCOUNT } from '../support/builders.ts';
import { withParts } from '../support/organization-given.ts';

const trusted = (...services: readonly string[]) =>
  withParts({ EnabledServicePrincipals: services.map((ServicePrincipal) => ({ ServicePrincipal })) });

describeCheck(check, {
  passes: { 'a security service': trusted('guardduty.amazonaws.com') },
  fails: {
    'a service that is not approved': {
      given: trusted('ram.amazonaws.com'),
      says: `Trusted access for ram.amazonaws.com is enabled without approval (organization of ${ACCOUNT})\n`,
    },
    'a service with a long name, which is not cut': {
      given: trusted('member.org.stacksets.cloudformation.amazonaws.com'),
      says: `Trusted access for member.org.stacksets.cloudformation is enabled without approval (organization of ${ACCOUNT})\n`,
    },
    'the one of two services that is not approved': {
      given: trusted('sso.amazonaws.com', 'license-manager.amazonaws.com'),
      params: { allowed: ['sso.amazonaws.com'] },
      says: 'Trusted access for license-manager.amazonaws.com is enabled',
    },
  },
  ignores: { 'an organization without trusted access': trusted(), 'an account that was scanned alone': {} },
  unknowns: {
    'services that could not be listed': { given: withParts({ EnabledServicePrincipals: undefined }), says: 'access was denied' },
  },
});
