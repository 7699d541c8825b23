import { defineCheck, fail, pass, unknown } from '../check.ts';
import { type AdminMfa, adminMfaFacts, adminsWithMfa, deviceEvidence } from '../check-support/credentials/admin-mfa.ts';
import { joinList } from '../check-support/wording/wording.ts';

const unverified = ({ protection: { devices } }: AdminMfa) =>
  devices.filter(({ assurance, unseen }) => assurance === 'passkey-unverified' && unseen === undefined);

export default defineCheck({
  id: 'admin-passkey-unverified',
  title: 'FIDO authenticators of administrators and break-glass users should be certified',
  severity: 'MEDIUM',
  rationale:
    'AWS registers hardware security keys and synced passkeys in the same way. A synced passkey is only as safe as the password manager that copies it. A FIDO authenticator without a certification can be such a passkey, or a security key without attestation by its maker.',
  standards: { 'NIST 800-53 r5': 'IA-2(6), IA-5', 'ISO 27001:2022': 'A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: [...adminMfaFacts, 'mfaCertifications'],
  select: adminsWithMfa,
  judge: (subject) => {
    const { label, power, protection, gap } = subject;
    const devices = unverified(subject).map(({ serialNumber }) => serialNumber);
    if (devices.length > 0)
      return fail(`${label} ${power} and has a FIDO authenticator without certification`, {
        message: `It may be a synced passkey in a password manager: ${joinList(devices)}.`,
        evidence: deviceEvidence(protection),
      });
    const unseen = protection.devices.find((device) => device.unseen !== undefined)?.unseen ?? gap;
    return unseen === undefined ? pass : unknown(unseen);
  },
  remediation:
    'Look at the authenticator with its owner. If it is a passkey on a phone or in a password manager, have the owner enroll a security key with a FIDO certification. Then remove the passkey. To block uncertified devices from now on, deny iam:EnableMFADevice unless iam:FIDO-certification is present.',
});
