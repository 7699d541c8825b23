import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import type { CredentialReportRow } from '../facts/credential-report.ts';
import { adminMfaFacts, adminsWithMfa, deviceEvidence, devicesInWords } from '../check-support/credentials/admin-mfa.ts';
import { type MfaAssurance, mfaAssurances } from '../check-support/credentials/mfa-assurance.ts';
import { joinList } from '../check-support/wording/wording.ts';

/** Weaker than a passkey. admin-passkey-unverified covers passkeys without certification, which may or may not be hardware. */
const isWeak = (assurance: MfaAssurance) => mfaAssurances.indexOf(assurance) < mfaAssurances.indexOf('passkey-unverified');

/** What protects the sign-in of a user without any device. Nothing is said of a user that the credential report does not list. */
function withoutDevice(row: CredentialReportRow | undefined): { readonly message?: string } {
  if (row === undefined) return {};
  return row.passwordEnabled === false
    ? { message: 'The user has no console password. Its access keys work without MFA, unless a policy requires MFA.' }
    : { message: 'Its password alone is enough to sign in to the console.' };
}

export default defineCheck({
  id: 'admin-mfa-not-hardware',
  title: 'Administrators and break-glass users should use hardware or FIDO2 MFA',
  severity: 'HIGH',
  rationale:
    'The secret of a virtual MFA device can be copied, and its codes can be phished. Sign-in needs only one of the enrolled devices, so by default the weakest device decides (mode: weakest). With mode: at-least-one the strongest device decides.',
  standards: { 'NIST 800-53 r5': 'IA-2(1), IA-2(6), IA-2(8)', 'ISO 27001:2022': 'A.8.2, A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: adminMfaFacts,
  params: { mode: 'weakest' },
  select: adminsWithMfa,
  judge: ({ label, power, protection, gap, row }, _facts, { params: { mode } }) => {
    if (mode !== 'weakest' && mode !== 'at-least-one')
      return unknown(`the parameter mode is ${mode}; it must be weakest or at-least-one`);
    const { devices, weakest, strongest } = protection;
    const evidence = deviceEvidence(protection);
    // One weak device is enough to fail. To pass, all devices must be known.
    if (mode === 'weakest' && devices.length > 0 && isWeak(weakest)) {
      const weak = devices.filter(({ assurance }) => isWeak(assurance));
      return fail(`${label} ${power} and can sign in with weak MFA`, {
        message: `Weak MFA devices: ${joinList(devicesInWords({ devices: weak }))}.`,
        evidence,
      });
    }
    if (mode === 'at-least-one' && !isWeak(strongest)) return pass;
    if (gap !== undefined) return unknown(gap);
    if (devices.length === 0) return fail(`${label} ${power} and has no MFA device`, { ...withoutDevice(row), evidence });
    if (mode === 'weakest') return pass;
    return fail(`${label} ${power} and has no hardware MFA`, {
      message: `MFA devices: ${joinList(devicesInWords(protection))}.`,
      evidence,
    });
  },
  remediation: ({ user, row, protection: { devices } }) => {
    if (row?.passwordEnabled === false && devices.length === 0)
      return `The user has access keys and no password. If a program uses the keys, give it an IAM role and delete the user (${cli('iam list-access-keys', { 'user-name': user.name })}). If a person uses them, give that person access through IAM Identity Center.`;
    const weak = devices.filter(({ assurance }) => isWeak(assurance));
    const commands = weak.map(({ serialNumber }) =>
      cli('iam deactivate-mfa-device', { 'user-name': user.name, 'serial-number': serialNumber }),
    );
    const then = commands.length > 0 ? `, then remove the weaker devices: ${commands.join(' && ')}` : '';
    return `Have the user enroll two FIDO2 security keys in the console under "Security credentials"${then}. Security keys do not work with the AWS CLI: use IAM Identity Center or aws login there.`;
  },
});
