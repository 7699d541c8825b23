import check from '../../lambda/scanner/checks/access-key-replaced.ts';
import { aChange, aGap, drift, noDrift } from '../support/changes.ts';
import { describeCheck } from '../support/check-tester.ts';

describeCheck(check, {
  passes: {
    'an account in which nothing changed': drift(),
    'a key that only came': drift(aChange('access-key-added', 'MEDIUM')),
  },
  fails: {
    'a key that came while another went': {
      given: drift(aChange('access-key-replaced', 'MEDIUM')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'MEDIUM',
    },
    'a key of an admin': {
      given: drift(aChange('access-key-replaced', 'HIGH')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
  },
  ignores: { 'any account, without an earlier snapshot': noDrift },
  unknowns: {
    'what could not be compared: access-keys': {
      given: drift(aGap('access-keys')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
  },
});
