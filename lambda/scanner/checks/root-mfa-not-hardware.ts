import { isRootArn } from '../model/arn.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import type { Facts } from '../facts/snapshot.ts';
import { rootFacts, rootWithCredentials } from '../check-support/credentials/root.ts';
import { joinList } from '../check-support/wording/wording.ts';

/** The user ARN decides whose device it is: the device name is free text. */
const virtualDevicesOfRoot = ({ virtualMfaDevices }: Pick<Facts, 'virtualMfaDevices'>) =>
  virtualMfaDevices.filter(({ userArn = '' }) => isRootArn(userArn)).map(({ serialNumber }) => serialNumber);

export default defineCheck({
  id: 'root-mfa-not-hardware',
  title: 'Hardware MFA should be enabled for the root user',
  severity: 'HIGH',
  rationale:
    'The secret of a virtual MFA device can be copied, and its codes can be phished. One virtual device is enough to sign in, even beside a security key. AWS shows only to the root user whether another device is a security key or a synced passkey, so such a device passes.',
  standards: {
    'NIST 800-53 r5': 'AC-2(1), AC-3(15), IA-2(1), IA-2(2), IA-2(6), IA-2(8)',
    'PCI DSS 4.0': '8.4.2',
    'ISO 27001:2022': 'A.8.2, A.8.5',
    NIS2: 'Art. 21(2)(j)',
  },
  needs: [...rootFacts, 'virtualMfaDevices', 'organization'],
  // root-without-mfa covers a root user without any device.
  select: (facts, context) =>
    facts.accountSummary.rootHasMfa !== false || virtualDevicesOfRoot(facts).length > 0
      ? rootWithCredentials(facts, context)
      : [],
  judge: (_root, facts, { accountId }) => {
    const devices = virtualDevicesOfRoot(facts);
    if (devices.length === 0) {
      const unread = facts.virtualMfaDevices.filter(({ userArn }) => userArn === undefined);
      if (unread.length > 0)
        return unknown(`the user of ${joinList(unread.map(({ serialNumber }) => serialNumber))} cannot be read`);
      return facts.accountSummary.rootHasMfa === undefined ? unknown('the account summary lacks AccountMFAEnabled') : pass;
    }
    const isManagement = facts.organization?.managementAccountId === accountId;
    return fail(`Root user of ${isManagement ? 'management ' : ''}account ${accountId} can sign in with a virtual MFA device`, {
      message: `Virtual MFA devices of the root user: ${joinList(devices)}.`,
      evidence: { virtualDevices: devices },
      severity: isManagement ? 'CRITICAL' : 'HIGH',
    });
  },
  remediation:
    'Sign in as root and open "Security credentials". Assign two FIDO2 security keys, and sign in with each of them once. Then remove the virtual device.',
});
