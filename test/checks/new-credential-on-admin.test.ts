import check from '../../lambda/scanner/checks/new-credential-on-admin.ts';
import { aChange, aGap, drift, noDrift } from '../support/changes.ts';
import { describeCheck } from '../support/check-tester.ts';

describeCheck(check, {
  passes: {
    'an account in which nothing changed': drift(),
    'an access key of another user': drift(aChange('access-key-added', 'MEDIUM', { isAdmin: false })),
    'a key that was deleted': drift(aChange('access-key-removed', 'INFORMATIONAL', { isAdmin: true })),
  },
  fails: {
    'an access key of an admin': {
      given: drift(aChange('access-key-added', 'HIGH', { isAdmin: true })),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'a password of an admin': {
      given: drift(aChange('password-added', 'HIGH', { isAdmin: true })),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'a service-specific credential of an admin': {
      given: drift(aChange('service-credential-added', 'HIGH', { isAdmin: true })),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'an MFA device of an admin': {
      given: drift(aChange('mfa-device-added', 'HIGH', { isAdmin: true })),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'an access key of root': {
      given: drift(aChange('root-credential-added', 'HIGH', { isAdmin: true })),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'an access key of a break-glass user': {
      given: drift(aChange('access-key-added', 'HIGH', { isAdmin: false, isBreakGlass: true })),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'a changed password of an admin': {
      given: drift(aChange('password-changed', 'MEDIUM', { isAdmin: true })),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'MEDIUM',
    },
  },
  ignores: { 'any account, without an earlier snapshot': noDrift },
  unknowns: {
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
    'what could not be compared: root': {
      given: drift(aGap('root')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
  },
});
