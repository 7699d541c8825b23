import check from '../../lambda/scanner/checks/root-mfa-not-hardware.ts';
import { ACCOUNT, emptyAccount, partitions } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const withMfa = { accountSummary: { ...emptyAccount.accountSummary, rootHasPassword: true, rootHasMfa: true } };
const organization = (managementAccountId: string) => ({ organization: { id: 'o-1', managementAccountId } });

describe.each(partitions)('in partition %s', (partition) => {
  const iam = `arn:${partition}:iam::${ACCOUNT}`;
  const virtual = (user: string, device = 'phone') => ({
    virtualMfaDevices: [{ serialNumber: `${iam}:mfa/${device}`, userArn: `${iam}:${user}` }],
  });
  const ofRoot = { ...withMfa, ...virtual('root', 'root-account-mfa-device') };

  describeCheck(check, {
    partition,
    passes: {
      'MFA and no virtual device': withMfa,
      'the virtual device of a user called root': { ...withMfa, ...virtual('user/root', 'root-account-mfa-device') },
      'the virtual device of a user called groot': { ...withMfa, ...virtual('user/groot') },
      'the virtual device of a user in the path /root-ops/': { ...withMfa, ...virtual('user/root-ops/ann') },
      'the virtual device of a user whose path ends in :root': { ...withMfa, ...virtual('user/a:root') },
    },
    fails: {
      'a virtual device in a standalone account': {
        given: ofRoot,
        says: /^Root user of account \d{12} can sign in with a virtual MFA device\n.*mfa\/root-account-mfa-device\.$/,
        on: 'root',
        severity: 'HIGH',
      },
      'a virtual device in a member account': {
        given: { ...ofRoot, ...organization('999988887777') },
        says: `Root user of account ${ACCOUNT} can sign in with a virtual MFA device\n`,
        severity: 'HIGH',
      },
      'a virtual device in the management account': {
        given: { ...ofRoot, ...organization(ACCOUNT) },
        says: `Root user of management account ${ACCOUNT} can sign in`,
        severity: 'CRITICAL',
      },
      'a virtual device with another name': {
        given: { ...withMfa, ...virtual('root', 'ann-iphone') },
        says: 'mfa/ann-iphone',
      },
      'a virtual device enabled after the account summary was read': {
        given: { ...ofRoot, accountSummary: { ...withMfa.accountSummary, rootHasMfa: false } },
        says: 'virtual MFA device',
      },
    },
    ignores: {
      'root without any MFA, which another check covers': {
        accountSummary: { ...withMfa.accountSummary, rootHasMfa: false },
      },
      'root without any credentials': virtual('root'),
    },
  });
});
