import { defineCheck, fail, pass, unknown } from '../check.ts';
import { adminMfaFacts, adminsWithMfa, deviceEvidence, devicesInWords } from '../check-support/credentials/admin-mfa.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'admin-single-mfa-device',
  title: 'Administrators and break-glass users should have at least two MFA devices',
  severity: 'LOW',
  rationale:
    'An administrator who loses the only MFA device is locked out, and a colleague has to reset MFA. Attackers ask for the same reset to take over accounts.',
  standards: { 'ISO 27001:2022': 'A.5.17' },
  needs: adminMfaFacts,
  // admin-mfa-not-hardware covers administrators without any device.
  select: (facts, context) =>
    adminsWithMfa(facts, context).filter(({ serialNumbers, gap }) => serialNumbers.length > 0 || gap !== undefined),
  judge: ({ label, power, protection, gap }) => {
    if (protection.devices.length > 1) return pass;
    if (gap !== undefined) return unknown(gap);
    return fail(`${label} ${power} and has only one MFA device`, {
      message: `The only MFA device: ${joinList(devicesInWords(protection))}.`,
      evidence: deviceEvidence(protection),
    });
  },
  remediation:
    'Have the user enroll a second FIDO2 security key in the console under "Security credentials", and keep it in another place. AWS allows up to eight devices.',
});
