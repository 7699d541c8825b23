import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import { cli } from '../model/command.ts';
import { mfaKind } from '../model/facts/mfa.ts';
import { type MfaUser, mfaFacts, mfaUsers } from './subjects/mfa-users.ts';
import { listed } from './subjects/wording.ts';

const phones = ({ serialNumbers }: MfaUser) => serialNumbers.filter((serialNumber) => mfaKind(serialNumber) === 'sms');

export default defineCheck({
  id: 'sms-mfa-device',
  title: 'No user has a phone number as its MFA device',
  severity: 'HIGH',
  rationale:
    'Text messages are read by whoever takes over the phone number. AWS no longer supports them as MFA; a device that is left from that time guards little.',
  standards: { 'ISO 27001:2022': 'A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: mfaFacts,
  // The devices of a user with a virtual one are not listed one by one: whether there is a phone among them was not asked.
  select: (facts) => mfaUsers(facts).filter(({ complete, unseen }) => complete || unseen !== undefined),
  judge: (subject) => {
    if (subject.unseen !== undefined) return unknown(subject.unseen);
    const devices = phones(subject);
    if (devices.length === 0) return pass;
    return fail(`User ${subject.user.name} has a phone number as MFA device: ${listed(devices)}.`, { evidence: { devices } });
  },
  remediation: (subject) => {
    const commands = phones(subject).map((serialNumber) =>
      cli('iam deactivate-mfa-device', { 'user-name': subject.user.name, 'serial-number': serialNumber }),
    );
    return `Have the user enrol a FIDO2 security key first, or its password alone will do. Then: ${commands.join(' && ')}`;
  },
});
