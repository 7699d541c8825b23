import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { mfaKind } from '../facts/mfa-devices.ts';
import { type MfaUser, mfaFacts, mfaUsers } from '../check-support/credentials/mfa-users.ts';
import { joinList } from '../check-support/wording/wording.ts';

const phones = ({ serialNumbers }: MfaUser) => serialNumbers.filter((serialNumber) => mfaKind(serialNumber) === 'sms');

export default defineCheck({
  id: 'sms-mfa-device',
  title: 'IAM users should not use SMS MFA',
  severity: 'HIGH',
  rationale:
    'An attacker who takes over the phone number receives the text messages. AWS no longer supports SMS MFA, and devices left from that time protect little.',
  standards: { 'ISO 27001:2022': 'A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: mfaFacts,
  // The devices of a user with a virtual device are not listed, so the scan cannot see a phone number among them.
  select: (facts) => mfaUsers(facts).filter(({ complete, unseen }) => complete || unseen !== undefined),
  judge: (subject) => {
    if (subject.unseen !== undefined) return unknown(subject.unseen);
    const devices = phones(subject);
    if (devices.length === 0) return pass;
    return fail(`IAM user ${subject.user.name} has a phone number as MFA device`, {
      message: `SMS MFA devices: ${joinList(devices)}.`,
      evidence: { devices },
    });
  },
  remediation: (subject) => {
    const commands = phones(subject).map((serialNumber) =>
      cli('iam deactivate-mfa-device', { 'user-name': subject.user.name, 'serial-number': serialNumber }),
    );
    return `First have the user enroll a FIDO2 security key. Otherwise the password alone is enough to sign in. Then remove the phone number: ${commands.join(' && ')}`;
  },
});
