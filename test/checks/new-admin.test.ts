import check from '../../lambda/scanner/checks/new-admin.ts';
import { aChange, aGap, drift, noDrift } from '../support/changes.ts';
import { describeCheck } from '../support/check-tester.ts';

describeCheck(check, {
  passes: {
    'an account in which nothing changed': drift(),
    'access that was lost': drift(aChange('access-lost', 'INFORMATIONAL')),
    'access under conditions only, which is listed': drift(aChange('access-gained', 'INFORMATIONAL')),
  },
  fails: {
    'a principal that became admin': {
      given: drift(aChange('access-gained', 'HIGH')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'a person who was assigned an admin permission set': {
      given: drift(aChange('assignment-added', 'HIGH')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'HIGH',
    },
    'a platform role': {
      given: drift(aChange('access-gained', 'LOW')),
      says: /^Something happened to ann\n/,
      on: 'ann',
      severity: 'LOW',
    },
  },
  ignores: { 'any account, without an earlier snapshot': noDrift },
  unknowns: {
    'what could not be compared: access': {
      given: drift(aGap('access')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
    'what could not be compared: identities': {
      given: drift(aGap('identities')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
    'what could not be compared: identity-center': {
      given: drift(aGap('identity-center')),
      says: 'cannot be compared with the earlier snapshot: access was denied',
    },
  },
});
