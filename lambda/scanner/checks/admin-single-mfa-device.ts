import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import { adminMfaFacts, adminsWithMfa, deviceEvidence, devicesInWords } from './subjects/admin-mfa.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'admin-single-mfa-device',
  title: 'Admins have a second MFA device',
  severity: 'LOW',
  rationale:
    'Whoever loses the only device is locked out, and is let in again by somebody who takes its word for it. That is how accounts are taken over.',
  standards: { 'ISO 27001:2022': 'A.5.17' },
  needs: adminMfaFacts,
  // Without any device it is the business of admin-mfa-not-hardware.
  select: (facts) => adminsWithMfa(facts).filter(({ serialNumbers, gap }) => serialNumbers.length > 0 || gap !== undefined),
  judge: ({ label, protection, gap }) => {
    if (protection.devices.length > 1) return pass;
    if (gap !== undefined) return unknown(gap);
    return fail(`${label} has one MFA device only: ${listed(devicesInWords(protection))}.`, {
      evidence: deviceEvidence(protection),
    });
  },
  remediation:
    'Have the user enrol a second FIDO2 security key under "Security credentials" and keep it in another place; AWS takes up to eight devices.',
});
