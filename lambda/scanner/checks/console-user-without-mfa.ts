import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { consoleUsers } from '../check-support/credentials/users.ts';
import { formatReportDate } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'console-user-without-mfa',
  title: 'MFA should be enabled for all IAM users with a console password',
  severity: 'HIGH',
  raisedForAdmins: true,
  rationale:
    'A password alone can be guessed, reused or phished. Users without a console password are out of scope: they cannot sign in to the console.',
  standards: {
    'NIST 800-53 r5': 'AC-2(1), AC-3(15), IA-2(1), IA-2(2), IA-2(6), IA-2(8)',
    'PCI DSS 4.0': '8.4.2',
    'ISO 27001:2022': 'A.8.5',
    NIS2: 'Art. 21(2)(j)',
  },
  needs: ['identities', 'credentialReport'],
  select: consoleUsers,
  judge: ({ user, row }) => {
    if (!row) return unknown('the user is newer than the credential report');
    if (row.mfaActive) return pass;
    if (row.passwordEnabled === 'unsupported')
      return unknown('the credential report does not show whether the user has a password');
    return fail(`IAM user ${user.name} has a console password and no MFA`, {
      evidence: { passwordLastUsed: formatReportDate(row.passwordLastUsed) },
    });
  },
  remediation: ({ user, row }) =>
    `Have the user enroll a FIDO2 security key in the console under "Security credentials". If the user no longer signs in (password last used: ${row ? formatReportDate(row.passwordLastUsed) : 'unknown'}), remove the password: ${cli('iam delete-login-profile', { 'user-name': user.name })}`,
});
