import check from '../../lambda/scanner/checks/guardrail-weakened.ts';
import { aChange, aGap, drift, noDrift } from '../support/changes.ts';
import { describeCheck } from '../support/check-tester.ts';

describeCheck(check, {
  passes: {
    'an account in which nothing changed': drift(),
    'a boundary that was set': drift(aChange('boundary-set', 'INFORMATIONAL')),
    'more permissions, which is listed': drift(aChange('permissions-gained', 'LOW')),
  },
  fails: {
    'a boundary that was removed': {
      given: drift(aChange('boundary-removed', 'HIGH')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'a boundary that allows more': {
      given: drift(aChange('boundary-widened', 'HIGH')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'a Deny that was dropped': {
      given: drift(aChange('denial-dropped', 'HIGH')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'an SCP that was detached': {
      given: drift(aChange('guardrail-weakened', 'HIGH')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'an old policy version in force': {
      given: drift(aChange('policy-rolled-back', 'HIGH')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
  },
  ignores: { 'any account, without an earlier snapshot': noDrift },
  unknowns: {
    'what could not be compared: permissions': {
      given: drift(aGap('permissions')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
    'what could not be compared: policies': {
      given: drift(aGap('policies')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
    'what could not be compared: organization-policies': {
      given: drift(aGap('organization-policies')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
  },
});
