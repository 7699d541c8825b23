import check from '../../lambda/scanner/checks/root-single-mfa-device.ts';
import { unavailable } from '../../lambda/scanner/model/snapshot-file.ts';
import { ACCOUNT, aReport, aRow, aUser, emptyAccount, identities, partitions, rootRow, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

describe.each(partitions)('in partition %s', (partition) => {
  const iam = `arn:${partition}:iam::${ACCOUNT}`;
  const ann = aUser('ann', { arn: `${iam}:user/ann` });
  const virtual = (...owners: readonly string[]) => ({
    virtualMfaDevices: owners.map((owner, index) => ({ serialNumber: `${iam}:mfa/d${index}`, userArn: `${iam}:${owner}` })),
  });
  /** So many devices in use by root and by ann, who has those that are listed. */
  const inUse = (mfaDevicesInUse: number, ...ofAnn: readonly string[]) => ({
    accountSummary: { ...emptyAccount.accountSummary, rootHasMfa: true, mfaDevicesInUse },
    identities: identities({ users: [ann] }),
    credentialReport: aReport(rootRow(), aRow('ann', { mfaActive: ofAnn.length > 0 })),
    mfaDevices: seen({ ann: ofAnn }),
  });
  const unlisted = {
    mfaDevices: seen<readonly string[]>({}),
    credentialReport: aReport(rootRow(), aRow('ann', { mfaActive: true })),
  };
  const organization = (managementAccountId: string) => ({ organization: { id: 'o-1', managementAccountId } });

  describeCheck(check, {
    partition,
    passes: {
      'two devices': inUse(2),
      'two devices, and those of users': { ...inUse(4, 'GAHT1', `${iam}:mfa/d0`), ...virtual('user/ann') },
      'two virtual devices, though not all devices of users are known': {
        ...inUse(9),
        ...unlisted,
        ...virtual('root', 'root', 'user/ann'),
      },
    },
    fails: {
      'one device, in an account of its own': {
        given: inUse(1),
        says: 'has one MFA device only',
        on: 'root',
        severity: 'MEDIUM',
      },
      'one device, in the management account': { given: { ...inUse(1), ...organization(ACCOUNT) }, says: 'one MFA device' },
      'one device, the others being of users': { given: inUse(3, 'GAHT1', 'GAHT2'), says: 'of the 3 in use' },
      'one device, though not all devices of users are known': {
        given: { ...inUse(2), ...unlisted, ...virtual('user/ann') },
        says: 'one MFA device',
      },
      'one device, beside one of groot': {
        given: { ...inUse(2, `${iam}:mfa/d0`), ...virtual('user/groot') },
        says: 'one MFA device',
      },
    },
    unknowns: {
      'devices of a user that AWS refused to list': {
        given: { ...inUse(3), mfaDevices: new Map([['ann', unavailable('access was denied')]]) },
        says: 'hangs on those of users: access was denied',
      },
    },
    ignores: {
      'a member account, whose root can be done away with': { ...inUse(1), ...organization('999988887777') },
      'root without MFA, which is the business of another check': emptyAccount,
      'an account whose devices AWS did not count': {
        accountSummary: { ...emptyAccount.accountSummary, rootHasMfa: true },
      },
      'devices that may be of root or of a user, of whom only virtual ones were asked for': {
        ...inUse(3),
        ...unlisted,
        ...virtual('user/ann'),
      },
      'a count that contradicts what is listed': inUse(1, 'GAHT1', 'GAHT2'),
    },
  });
});
