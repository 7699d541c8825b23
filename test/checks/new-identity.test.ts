import check from '../../lambda/scanner/checks/new-identity.ts';
import { aChange, aGap, drift, noDrift } from '../support/changes.ts';
import { describeCheck } from '../support/check-tester.ts';

describeCheck(check, {
  passes: {
    'an account in which nothing changed': drift(),
    'a new role for a service, which is listed': drift(aChange('identity-added', 'INFORMATIONAL')),
    'a key of an admin (another check reports it)': drift(aChange('access-key-added', 'HIGH', { isAdmin: true })),
  },
  fails: {
    'a new user': {
      given: drift(aChange('identity-added', 'LOW')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'LOW',
    },
    'a new access key': {
      given: drift(aChange('access-key-added', 'MEDIUM', { isAdmin: false })),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'MEDIUM',
    },
    'a password': {
      given: drift(aChange('password-added', 'MEDIUM', { isAdmin: false })),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'MEDIUM',
    },
    'a service-specific credential': {
      given: drift(aChange('service-credential-added', 'MEDIUM', { isAdmin: false })),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'MEDIUM',
    },
  },
  ignores: { 'any account, without an earlier snapshot': noDrift },
  unknowns: {
    'what could not be compared: identities': {
      given: drift(aGap('identities')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
    'what could not be compared: access-keys': {
      given: drift(aGap('access-keys')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
    'what could not be compared: passwords': {
      given: drift(aGap('passwords')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
    'what could not be compared: service-credentials': {
      given: drift(aGap('service-credentials')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
  },
});
