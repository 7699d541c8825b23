import check from '../../lambda/scanner/checks/admin-single-mfa-device.ts';
import { ACCOUNT, aReport, aRow, aUser, identities, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const ann = aUser('ann');
const virtual = `arn:aws:iam::${ACCOUNT}:mfa/ann`;
const admin = {
  identities: identities({ users: [ann] }),
  credentialReport: aReport(aRow('ann', { passwordEnabled: true, mfaActive: true })),
  access: accessOf(aVerdict(ann.arn, 'admin')),
};
const withDevices = (...serials: readonly string[]) => ({ ...admin, mfaDevices: seen({ ann: serials }) });
const unlisted = (...serials: readonly string[]) => ({
  ...admin,
  virtualMfaDevices: serials.map((serialNumber) => ({ serialNumber, userArn: ann.arn })),
});

describeCheck(check, {
  ignores: {
    'no device, which another check covers': withDevices(),
    'a user without administrator access': { ...withDevices(virtual), access: accessOf(aVerdict(ann.arn, 'none')) },
  },
  passes: {
    'two devices': withDevices(virtual, 'GAHT12345678'),
    'two virtual devices; the others were not listed': unlisted(virtual, `${virtual}-2`),
  },
  fails: {
    'one device': {
      given: withDevices('GAHT12345678'),
      says: 'IAM user ann has administrator access and has only one MFA device\nThe only MFA device: GAHT12345678 (hardware token).',
      on: 'ann',
      severity: 'LOW',
    },
    'one device in two lists': {
      given: { ...withDevices(virtual), ...unlisted(virtual), mfaDevices: seen({ ann: [virtual] }) },
      says: 'only one MFA device',
    },
    'one security key whose certification is not known': {
      given: withDevices(`arn:aws:iam::${ACCOUNT}:u2f/user/ann/key-ABC`),
      says: 'key-ABC (FIDO).',
    },
  },
  unknowns: {
    'one virtual device; the others were not listed': {
      given: unlisted(virtual),
      says: 'its other MFA devices were not listed',
    },
    'devices that were not listed': { given: admin, says: 'its MFA devices were not listed' },
  },
});
