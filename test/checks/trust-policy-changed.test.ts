import check from '../../lambda/scanner/checks/trust-policy-changed.ts';
import { aChange, aGap, drift, noDrift } from '../support/changes.ts';
import { describeCheck } from '../support/check-tester.ts';

describeCheck(check, {
  passes: {
    'an account in which nothing changed': drift(),
    'fewer principals': drift(aChange('trust-narrowed', 'INFORMATIONAL')),
  },
  fails: {
    'a role that more principals can assume': {
      given: drift(aChange('trust-widened', 'MEDIUM')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'MEDIUM',
    },
    'an admin role': {
      given: drift(aChange('trust-widened', 'HIGH')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'other conditions': {
      given: drift(aChange('trust-changed', 'MEDIUM')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'MEDIUM',
    },
  },
  ignores: { 'any account, without an earlier snapshot': noDrift },
  unknowns: {
    'what could not be compared: trust-policies': {
      given: drift(aGap('trust-policies')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
  },
});
