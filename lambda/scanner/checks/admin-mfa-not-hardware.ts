import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import { cli } from '../model/command.ts';
import { adminMfaFacts, adminsWithMfa, deviceEvidence, devicesInWords } from './subjects/admin-mfa.ts';
import { type MfaAssurance, mfaAssurances } from './subjects/mfa-assurance.ts';
import { listed } from './subjects/wording.ts';

/** Below a passkey. Whether a passkey without certification is hardware is not known, and the business of another check. */
const isWeak = (assurance: MfaAssurance) => mfaAssurances.indexOf(assurance) < mfaAssurances.indexOf('passkey-unverified');

export default defineCheck({
  id: 'admin-mfa-not-hardware',
  title: 'Admins sign in with hardware MFA',
  severity: 'HIGH',
  rationale:
    'The secret of a virtual device can be copied and its codes phished. Sign-in asks for one device of those enrolled, so by default the weakest decides (mode: weakest); with mode: at-least-one the strongest does.',
  standards: { 'NIST 800-53 r5': 'IA-2(1), IA-2(6), IA-2(8)', 'ISO 27001:2022': 'A.8.2, A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: adminMfaFacts,
  params: { mode: 'weakest' },
  select: adminsWithMfa,
  judge: ({ label, protection, gap }, _facts, { params: { mode } }) => {
    if (mode !== 'weakest' && mode !== 'at-least-one') return unknown(`mode is ${mode}, neither weakest nor at-least-one`);
    const { devices, weakest, strongest } = protection;
    const evidence = deviceEvidence(protection);
    // One weak device that was seen decides, whatever others there are; for the rest all must be known.
    if (mode === 'weakest' && devices.length > 0 && isWeak(weakest)) {
      const weak = devices.filter(({ assurance }) => isWeak(assurance));
      return fail(`${label} can sign in with less than hardware MFA: ${listed(devicesInWords({ devices: weak }))}.`, {
        evidence,
      });
    }
    if (mode === 'at-least-one' && !isWeak(strongest)) return pass;
    if (gap !== undefined) return unknown(gap);
    if (devices.length === 0) return fail(`${label} has no MFA device.`, { evidence });
    return mode === 'weakest' ? pass : fail(`${label} has no hardware MFA: ${listed(devicesInWords(protection))}.`, { evidence });
  },
  remediation: ({ user, row, protection: { devices } }) => {
    if (row?.passwordEnabled === false && devices.length === 0)
      return `The user has access keys and no password. If a program uses them, give it a role and delete the user (${cli('iam list-access-keys', { 'user-name': user.name })}); if a person does, have them come in through IAM Identity Center.`;
    const weak = devices.filter(({ assurance }) => isWeak(assurance));
    const commands = weak.map(({ serialNumber }) =>
      cli('iam deactivate-mfa-device', { 'user-name': user.name, 'serial-number': serialNumber }),
    );
    const then = commands.length > 0 ? `, then remove what is weaker: ${commands.join(' && ')}` : '';
    return `Have the user enrol two FIDO2 security keys under "Security credentials"${then}. Security keys give no codes for the command line: use IAM Identity Center or aws login for that.`;
  },
});
