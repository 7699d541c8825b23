import check from '../../lambda/scanner/checks/sms-mfa-device.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, aReport, aRow, aUser, identities, partitions, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

describe.each(partitions)('in partition %s', (partition) => {
  const iam = `arn:${partition}:iam::${ACCOUNT}`;
  const ann = aUser('ann', { arn: `${iam}:user/ann` });
  const base = { identities: identities({ users: [ann] }), credentialReport: aReport(aRow('ann', { mfaActive: true })) };
  const devices = (...serials: readonly string[]) => ({ ...base, mfaDevices: seen({ ann: serials }) });
  const virtual = { virtualMfaDevices: [{ serialNumber: `${iam}:mfa/ann`, userArn: ann.arn }] };

  describeCheck(check, {
    partition,
    passes: {
      'a security key': devices(`${iam}:u2f/user/ann/key-ABC`),
      'a hardware token': devices('GAHT12345678'),
      'a virtual device called sms-mfa': devices(`${iam}:mfa/sms-mfa/ann`),
      'no device at all': { ...base, credentialReport: aReport(aRow('ann')) },
      'a device removed since the report': devices(),
    },
    fails: {
      'a phone number': {
        given: devices(`${iam}:sms-mfa/ann`),
        says: `IAM user ann has a phone number as MFA device\nSMS MFA devices: ${iam}:sms-mfa/ann.`,
        on: 'ann',
        severity: 'HIGH',
      },
      'a phone number beside a security key': { given: devices('GAHT12345678', `${iam}:sms-mfa/ann`), says: 'sms-mfa/ann' },
      'a phone number beside a virtual device': { given: { ...devices(`${iam}:sms-mfa/ann`), ...virtual }, says: 'sms-mfa/ann' },
    },
    ignores: { 'a virtual device; the other devices were not listed': { ...base, ...virtual } },
    unknowns: {
      'devices that AWS refused to list': {
        given: { ...base, mfaDevices: new Map([['ann', unavailable('access denied', 'iam:ListMFADevices')]]) },
        says: 'access denied',
      },
      'devices that were not listed': { given: base, says: 'its MFA devices were not listed' },
      'a user newer than the report': {
        given: { ...base, credentialReport: aReport() },
        says: 'newer than the credential report',
      },
    },
  });
});
