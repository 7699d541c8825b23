import check from '../../lambda/scanner/checks/root-single-mfa-device.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, aReport, aRow, aUser, emptyAccount, identities, partitions, rootRow, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

describe.each(partitions)('in partition %s', (partition) => {
  const iam = `arn:${partition}:iam::${ACCOUNT}`;
  const ann = aUser('ann', { arn: `${iam}:user/ann` });
  const virtual = (...owners: readonly string[]) => ({
    virtualMfaDevices: owners.map((owner, index) => ({ serialNumber: `${iam}:mfa/d${index}`, userArn: `${iam}:${owner}` })),
  });
  /** A number of devices in use by root and ann; ann has the listed ones. */
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
      'two virtual devices, and not all devices of users are known': {
        ...inUse(9),
        ...unlisted,
        ...virtual('root', 'root', 'user/ann'),
      },
    },
    fails: {
      'one device, in a standalone account': {
        given: inUse(1),
        says: `Root user of account ${ACCOUNT} has only one MFA device\nAWS counts no other MFA device in the account.`,
        on: 'root',
        severity: 'MEDIUM',
      },
      'one device, in the management account': { given: { ...inUse(1), ...organization(ACCOUNT) }, says: 'only one MFA device' },
      'one device; the others belong to users': {
        given: inUse(3, 'GAHT1', 'GAHT2'),
        says: 'AWS counts 3 MFA devices in the account. The others belong to IAM users.',
      },
      'one device, and not all devices of users are known': {
        given: { ...inUse(2), ...unlisted, ...virtual('user/ann') },
        says: 'only one MFA device',
      },
      'one device, and a user called groot has another': {
        given: { ...inUse(2, `${iam}:mfa/d0`), ...virtual('user/groot') },
        says: 'only one MFA device',
      },
    },
    unknowns: {
      'devices of a user that AWS refused to list': {
        given: { ...inUse(3), mfaDevices: new Map([['ann', unavailable('access was denied')]]) },
        says: 'known only if those of all IAM users are: access was denied',
      },
      'devices that can belong to root or to a user whose devices were not listed': {
        given: { ...inUse(3), ...unlisted, ...virtual('user/ann') },
        says: 'known only if those of all IAM users are: only virtual devices were listed of some of them',
      },
      'an account whose devices AWS did not count': {
        given: { accountSummary: { ...emptyAccount.accountSummary, rootHasMfa: true } },
        says: 'the account summary lacks MFADevicesInUse',
      },
    },
    ignores: {
      'a member account, whose root credentials can be deleted': { ...inUse(1), ...organization('999988887777') },
      'root without MFA, which another check covers': emptyAccount,
      'a count that contradicts the listed devices': inUse(1, 'GAHT1', 'GAHT2'),
    },
  });
});
