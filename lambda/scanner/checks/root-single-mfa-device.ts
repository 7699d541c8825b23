import { rootSubject } from '../model/account-subject.ts';
import { type CheckContext, type Subject, defineCheck, fail, pass, unknown } from '../check.ts';
import { isRootArn } from '../model/arn.ts';
import type { Facts } from '../facts/snapshot.ts';
import { mfaFacts, mfaUsers } from '../check-support/credentials/mfa-users.ts';

interface KnownDevices extends Subject {
  /** The highest number of MFA devices that the root user can have. */
  readonly atMost: number;
  readonly inUse: number;
}

interface UnknownDevices extends Subject {
  /** Why the number of devices is not known. */
  readonly unseen: string;
}

const needs = ['accountSummary', 'organization', ...mfaFacts] as const;
type Needs = Pick<Facts, (typeof needs)[number]>;

/**
 * Of the root user's devices AWS lists only virtual ones, and it counts the devices of users and root together. The difference to
 * the devices of users is what root has. If some devices of users are not known, the difference is only an upper limit.
 */
function rootDevices(facts: Needs, context: CheckContext<object>): readonly (KnownDevices | UnknownDevices)[] {
  const { accountSummary, organization, virtualMfaDevices } = facts;
  const staysForever = (organization?.managementAccountId ?? context.accountId) === context.accountId;
  const { rootHasMfa, mfaDevicesInUse: inUse } = accountSummary;
  if (!staysForever || rootHasMfa === false) return [];
  const root = rootSubject(context);
  const unread = virtualMfaDevices.find(({ userArn }) => userArn === undefined);
  if (unread) return [{ ...root, unseen: `the user of ${unread.serialNumber} cannot be read` }];
  if (rootHasMfa === undefined) return [{ ...root, unseen: 'the account summary lacks AccountMFAEnabled' }];
  if (inUse === undefined) return [{ ...root, unseen: 'the account summary lacks MFADevicesInUse' }];
  const users = mfaUsers(facts);
  const ofUsers = users.reduce((sum, { serialNumbers }) => sum + serialNumbers.length, 0);
  const virtual = virtualMfaDevices.filter(({ userArn = '' }) => isRootArn(userArn)).length;
  const atMost = Math.max(inUse - ofUsers, virtual);
  const isSettled = atMost === 1 || virtual > 1 || users.every(({ complete }) => complete);
  if (atMost < 1) return [];
  if (isSettled) return [{ ...root, atMost, inUse }];
  const unseen = users.find((user) => user.unseen !== undefined)?.unseen ?? 'only virtual devices were listed of some of them';
  return [{ ...root, unseen: `the devices of the root user are known only if those of all IAM users are: ${unseen}` }];
}

export default defineCheck({
  id: 'root-single-mfa-device',
  title: 'Root user of a management or standalone account should have at least two MFA devices',
  severity: 'MEDIUM',
  rationale:
    'The root user of a management or standalone account cannot be removed. If its only MFA device is lost, AWS has to restore access by email and phone. An attacker can try to abuse the same recovery process.',
  standards: { 'ISO 27001:2022': 'A.5.17' },
  needs,
  select: rootDevices,
  judge: (root, _facts, { accountId }) => {
    if ('unseen' in root) return unknown(root.unseen);
    const { atMost, inUse } = root;
    if (atMost > 1) return pass;
    return fail(`Root user of account ${accountId} has only one MFA device`, {
      message:
        inUse === 1
          ? 'AWS counts no other MFA device in the account.'
          : `AWS counts ${inUse} MFA devices in the account. The others belong to IAM users.`,
      evidence: { devicesInUse: inUse },
    });
  },
  remediation:
    'Sign in as root and open "Security credentials". Assign a second FIDO2 security key, and keep it in another place. AWS allows up to eight devices.',
});
