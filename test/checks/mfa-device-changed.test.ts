import check from '../../lambda/scanner/checks/mfa-device-changed.ts';
import { aChange, aGap, drift, noDrift } from '../support/changes.ts';
import { describeCheck } from '../support/check-tester.ts';

describeCheck(check, {
  passes: {
    'an account in which nothing changed': drift(),
    'a device that was added (another check reports it)': drift(aChange('mfa-device-added', 'HIGH', { isAdmin: true })),
    'a device of a user who is no admin': drift(aChange('mfa-device-removed', 'INFORMATIONAL', { isAdmin: false })),
  },
  fails: {
    'a device that was replaced': {
      given: drift(aChange('mfa-device-replaced', 'HIGH', { isAdmin: true })),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'a device that was removed': {
      given: drift(aChange('mfa-device-removed', 'HIGH', { isAdmin: true })),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
  },
  ignores: { 'any account, without an earlier snapshot': noDrift },
  unknowns: {
    'what could not be compared: mfa-devices': {
      given: drift(aGap('mfa-devices')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
  },
});
