import check from '../../lambda/scanner/checks/break-glass-without-password.ts';
import type { CredentialReportRow } from '../../lambda/scanner/facts/credential-report.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { aKey, aReport, aReportedKey, aRow, aUser, identities, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const sealed = aUser('sealed', { tags: new Map([['break-glass', 'true']]) });
const given = (row: Partial<CredentialReportRow>, user = sealed) => ({
  identities: identities({ users: [user] }),
  credentialReport: aReport(aRow(user.name, row)),
});
const key = (active = true) => ({ accessKeys: seen({ sealed: [aKey('sealed', 'AKIA1', { active })] }) });

describeCheck(check, {
  passes: {
    'a password': given({ passwordEnabled: true }),
    // password-and-access-key reports the key.
    'a password and a key': { ...given({ passwordEnabled: true }), ...key() },
  },
  fails: {
    'a key alone, which works without MFA': {
      given: { ...given({ passwordEnabled: false }), ...key() },
      says: /^Break-glass IAM user sealed has an active access key and no console password\nActive access keys: AKIA1\. .* work without MFA/,
      on: 'sealed',
      severity: 'HIGH',
    },
    'a key alone, according to the report': {
      given: given({ passwordEnabled: false, keys: [aReportedKey(), aReportedKey({ active: false })] }),
      says: 'Active access keys: key 1.',
      severity: 'HIGH',
    },
    'an inactive key': {
      given: { ...given({ passwordEnabled: false }), ...key(false) },
      says: 'Break-glass IAM user sealed has no console password and no active access key',
      severity: 'MEDIUM',
    },
    'no credential at all': {
      given: given({ passwordEnabled: false }),
      says: 'Break-glass IAM user sealed has no console password and no active access key\nIn an emergency it cannot sign in until another principal creates one.',
      on: 'sealed',
      severity: 'MEDIUM',
    },
  },
  ignores: { 'a user that the configuration does not mark': { ...given({ passwordEnabled: false }, aUser('ann')), ...key() } },
  unknowns: {
    'the report does not show whether there is a password': {
      given: given({ passwordEnabled: 'unsupported' }),
      says: 'whether the user has a password',
    },
    'a user newer than the report': {
      given: { ...given({}), credentialReport: aReport() },
      says: 'whether the user has a password',
    },
    'keys that AWS refused to list': {
      given: { ...given({ passwordEnabled: false }), accessKeys: new Map([['sealed', unavailable('access denied')]]) },
      says: 'access denied',
    },
  },
});
