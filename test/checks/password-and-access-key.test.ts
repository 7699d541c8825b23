import check from '../../lambda/scanner/checks/password-and-access-key.ts';
import type { CredentialReportRow } from '../../lambda/scanner/facts/credential-report.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { aKey, aReport, aReportedKey, aRow, aUser, adminAccess, identities, rootRow, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const user = (row: Partial<CredentialReportRow>) => ({
  identities: identities({ users: [aUser('ann')] }),
  credentialReport: aReport(rootRow(), aRow('ann', { passwordEnabled: true, ...row })),
});
const key = (active = true) => ({ accessKeys: seen({ ann: [aKey('ann', 'AKIA1', { active })] }) });

/** The tag that marks break-glass identities in the tests of checks. */
const BREAK_GLASS = new Map([['break-glass', 'true']]);

describeCheck(check, {
  passes: { 'a password alone': user({}), 'a password and an inactive key': { ...user({}), ...key(false) } },
  fails: {
    'a password and a key': {
      given: { ...user({}), ...key() },
      says: 'IAM user ann has a console password and an active access key\nActive access keys: AKIA1.',
      on: 'ann',
      severity: 'LOW',
    },
    'the severity is the same for an administrator': {
      given: { ...user({}), ...key(), access: adminAccess(aUser('ann').arn) },
      says: 'AKIA1',
      severity: 'LOW',
    },
    'on a break-glass user, which needs no key': {
      given: { ...user({}), ...key(), identities: identities({ users: [aUser('ann', { tags: BREAK_GLASS })] }) },
      says: 'Active access keys: AKIA1. A break-glass user needs no access key.',
      severity: 'HIGH',
    },
    'according to the report alone': { given: user({ keys: [aReportedKey(), aReportedKey()] }), says: 'key 1 and key 2' },
  },
  ignores: {
    'a key alone': { ...user({ passwordEnabled: false }), ...key() },
    'root, whose row is not a user': {
      credentialReport: aReport(rootRow({ passwordEnabled: true, keys: [aReportedKey(), aReportedKey()] })),
    },
  },
  unknowns: {
    'the report does not show whether there is a password': {
      given: { ...user({ passwordEnabled: 'unsupported' }), ...key() },
      says: 'whether the user has a password',
    },
    'a user newer than the report, with a key': {
      given: { ...user({}), credentialReport: aReport(), ...key() },
      says: 'whether the user has a password',
    },
    'keys that AWS refused to list': {
      given: { ...user({}), accessKeys: new Map([['ann', unavailable('access denied')]]) },
      says: 'access denied',
    },
  },
});
