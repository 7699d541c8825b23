import check from '../../lambda/scanner/checks/identity-provider-changed.ts';
import { aChange, aGap, drift, noDrift } from '../support/changes.ts';
import { describeCheck } from '../support/check-tester.ts';

describeCheck(check, {
  passes: {
    'an account in which nothing changed': drift(),
    'a provider that was removed': drift(aChange('provider-removed', 'INFORMATIONAL')),
  },
  fails: {
    'a new provider': {
      given: drift(aChange('provider-added', 'HIGH')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'a changed provider': {
      given: drift(aChange('provider-changed', 'HIGH')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
  },
  ignores: { 'any account, without an earlier snapshot': noDrift },
  unknowns: {
    'what could not be compared: identity-providers': {
      given: drift(aGap('identity-providers')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
    'what could not be compared: certificate-trust': {
      given: drift(aGap('certificate-trust')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
  },
});
