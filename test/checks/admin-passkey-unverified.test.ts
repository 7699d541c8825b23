import check from '../../lambda/scanner/checks/admin-passkey-unverified.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, aReport, aRow, aUser, identities, partitions, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

describe.each(partitions)('in partition %s', (partition) => {
  const iam = `arn:${partition}:iam::${ACCOUNT}`;
  const ann = aUser('ann', { arn: `${iam}:user/ann` });
  const fido = `${iam}:u2f/user/ann/phone-ABC`;
  const admin = {
    identities: identities({ users: [ann] }),
    credentialReport: aReport(aRow('ann', { passwordEnabled: true, mfaActive: true })),
    access: accessOf(aVerdict(ann.arn, 'admin')),
  };
  const withDevices = (...serials: readonly string[]) => ({ ...admin, mfaDevices: seen({ ann: serials }) });
  const certified = (certifications: Readonly<Record<string, string>>) => ({
    mfaCertifications: seen({ [fido]: certifications }),
  });
  const says = `IAM user ann has administrator access and has a FIDO authenticator without certification\nIt may be a synced passkey in a password manager: ${fido}.`;

  describeCheck(check, {
    partition,
    ignores: {
      'a user without administrator access': {
        ...withDevices(fido),
        ...certified({}),
        access: accessOf(aVerdict(ann.arn, 'none')),
      },
    },
    passes: {
      'a certified security key': { ...withDevices(fido), ...certified({ FIDO: 'L1' }) },
      'a certification of another scheme': { ...withDevices(fido), ...certified({ 'FIPS-140-2': 'L2' }) },
      'a hardware token': withDevices('GAHT12345678'),
      'a virtual device, which another check covers': withDevices(`${iam}:mfa/ann`),
    },
    fails: {
      'no certification (other tools take every FIDO device for hardware)': {
        given: { ...withDevices(fido), ...certified({}) },
        says,
        on: 'ann',
        severity: 'MEDIUM',
      },
      'no certification, beside a hardware token': { given: { ...withDevices('GAHT12345678', fido), ...certified({}) }, says },
    },
    unknowns: {
      'a certification that AWS refused to show': {
        given: { ...withDevices(fido), mfaCertifications: new Map([[fido, unavailable('access denied', 'iam:GetMFADevice')]]) },
        says: 'access denied',
      },
      'a certification that was not requested': { given: withDevices(fido), says: 'its certification was not requested' },
      'devices that were not listed': { given: admin, says: 'its MFA devices were not listed' },
      'a virtual device; the others were not listed': {
        given: { ...admin, virtualMfaDevices: [{ serialNumber: `${iam}:mfa/ann`, userArn: ann.arn }] },
        says: 'its other MFA devices were not listed',
      },
    },
  });
});
