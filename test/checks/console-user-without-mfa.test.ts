import check from '../../lambda/scanner/checks/console-user-without-mfa.ts';
import type { CredentialReportRow } from '../../lambda/scanner/facts/credential-report.ts';
import { aReport, aRow, aUser, adminAccess, identities, rootRow } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const user = (row: Partial<CredentialReportRow>) => ({
  identities: identities({ users: [aUser('ann')] }),
  credentialReport: aReport(rootRow(), aRow('ann', row)),
});
const says = /^IAM user ann has a console password and no MFA\nA password alone /;

describeCheck(check, {
  passes: {
    'a password and MFA': user({ passwordEnabled: true, mfaActive: true }),
    'a user created at the time of the report': {
      ...user({ passwordEnabled: true, mfaActive: true }),
      identities: identities({ users: [aUser('ann', { createdAt: Date.parse('2026-11-20T02:00:00Z') })] }),
    },
  },
  fails: {
    'a password and no MFA': { given: user({ passwordEnabled: true }), says, on: 'ann', severity: 'HIGH' },
    'an administrator with a password and no MFA': {
      given: { ...user({ passwordEnabled: true }), access: adminAccess(aUser('ann').arn) },
      says,
      severity: 'CRITICAL',
    },
  },
  ignores: {
    'a user without a password': user({ passwordEnabled: false }),
    'root, whose row is not a user': { credentialReport: aReport(rootRow({ passwordEnabled: true })) },
    'a user deleted since the report': { credentialReport: aReport(aRow('gone', { passwordEnabled: true })) },
  },
  unknowns: {
    'a user newer than the report': {
      given: { ...user({}), credentialReport: aReport() },
      says: 'newer than the credential report',
      on: 'ann',
    },
    'a user created after the report, with the name of a deleted one': {
      given: {
        ...user({ passwordEnabled: true, mfaActive: true }),
        identities: identities({ users: [aUser('ann', { createdAt: Date.parse('2026-11-20T02:30:00Z') })] }),
      },
      says: 'newer than the credential report',
    },
    'the report does not show whether there is a password': {
      given: user({ passwordEnabled: 'unsupported' }),
      says: 'whether the user has a password',
    },
  },
});
