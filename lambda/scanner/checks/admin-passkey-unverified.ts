import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import { type AdminMfa, adminMfaFacts, adminsWithMfa, deviceEvidence } from './subjects/admin-mfa.ts';
import { listed } from './subjects/wording.ts';

const unverified = ({ protection: { devices } }: AdminMfa) =>
  devices.filter(({ assurance, unseen }) => assurance === 'passkey-unverified' && unseen === undefined);

export default defineCheck({
  id: 'admin-passkey-unverified',
  title: 'The FIDO authenticators of admins are certified hardware',
  severity: 'MEDIUM',
  rationale:
    'AWS registers security keys and passkeys alike. A passkey that a password manager copies to every device is only as safe as that account; one without a certification may be such a copy, or a key whose maker does not attest it.',
  standards: { 'NIST 800-53 r5': 'IA-2(6), IA-5', 'ISO 27001:2022': 'A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: [...adminMfaFacts, 'mfaCertifications'],
  select: adminsWithMfa,
  judge: (subject) => {
    const { label, protection, gap } = subject;
    const devices = unverified(subject).map(({ serialNumber }) => serialNumber);
    if (devices.length > 0)
      return fail(
        `${label} has a FIDO authenticator that is unverified, and may be a passkey in a password manager: ${listed(devices)}.`,
        {
          evidence: deviceEvidence(protection),
        },
      );
    const unseen = protection.devices.find((device) => device.unseen !== undefined)?.unseen ?? gap;
    return unseen === undefined ? pass : unknown(unseen);
  },
  remediation:
    'Look at the authenticator with its owner. If it is a passkey on a phone or in a password manager, enrol a security key with a FIDO certification and remove it. To refuse others from now on, deny iam:EnableMFADevice unless iam:FIDO-certification is present.',
});
