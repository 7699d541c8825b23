import check from '../../lambda/scanner/checks/trusted-access-unlisted.ts';
import { describeCheck } from '../support/check-tester.ts';
import { withParts } from '../support/organization-given.ts';

const trusted = (...services: readonly string[]) =>
  withParts({ EnabledServicePrincipals: services.map((ServicePrincipal) => ({ ServicePrincipal })) });

describeCheck(check, {
  passes: { 'a service that watches': trusted('guardduty.amazonaws.com') },
  fails: {
    'a service that is not listed': { given: trusted('ram.amazonaws.com'), says: 'ram.amazonaws.com may act in every account' },
    'the one of two that is not listed': {
      given: trusted('sso.amazonaws.com', 'license-manager.amazonaws.com'),
      params: { allowed: ['sso.amazonaws.com'] },
      says: 'license-manager.amazonaws.com may act',
    },
  },
  ignores: { 'an Organization without trusted access': trusted(), 'an account by itself': {} },
  unknowns: {
    'services that could not be listed': { given: withParts({ EnabledServicePrincipals: undefined }), says: 'access was denied' },
  },
});
