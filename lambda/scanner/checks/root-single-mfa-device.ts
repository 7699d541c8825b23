import { rootSubject } from '../model/account-subject.ts';
import { type CheckContext, type Subject, defineCheck, fail, pass, unknown } from '../model/check.ts';
import { isRootArn } from '../model/arn.ts';
import type { Facts } from '../model/snapshot.ts';
import { mfaFacts, mfaUsers } from './subjects/mfa-users.ts';

interface RootDevices extends Subject {
  /** How many MFA devices root has, at most. */
  readonly atMost: number;
  readonly inUse: number;
  /** Why the devices of some user could not be seen, where the number hangs on them. */
  readonly unseen?: string;
}

const needs = ['accountSummary', 'organization', ...mfaFacts] as const;
type Needs = Pick<Facts, (typeof needs)[number]>;

/**
 * AWS lists no devices of root but virtual ones, and counts those of users and root together: what is left when those of users are
 * taken away is root's. Where the devices of some users are not all known, no more can be told than that root has few.
 */
function rootDevices(facts: Needs, context: CheckContext<object>): readonly RootDevices[] {
  const { accountSummary, organization, virtualMfaDevices } = facts;
  const staysForever = (organization?.managementAccountId ?? context.accountId) === context.accountId;
  if (!staysForever || !accountSummary.rootHasMfa || accountSummary.mfaDevicesInUse === undefined) return [];
  const users = mfaUsers(facts);
  const ofUsers = users.reduce((sum, { serialNumbers }) => sum + serialNumbers.length, 0);
  const virtual = virtualMfaDevices.filter(({ userArn }) => isRootArn(userArn)).length;
  const atMost = Math.max(accountSummary.mfaDevicesInUse - ofUsers, virtual);
  const isSettled = atMost === 1 || virtual > 1 || users.every(({ complete }) => complete);
  const unseen = isSettled ? undefined : users.find((user) => user.unseen !== undefined)?.unseen;
  if (atMost < 1 || (!isSettled && unseen === undefined)) return [];
  return [
    { ...rootSubject(context), atMost, inUse: accountSummary.mfaDevicesInUse, ...(unseen === undefined ? {} : { unseen }) },
  ];
}

export default defineCheck({
  id: 'root-single-mfa-device',
  title: 'Root of the management account has a second MFA device',
  severity: 'MEDIUM',
  rationale:
    'The root user of the account that manages the Organization cannot be done away with. Whoever loses its only device has to have AWS let them in by telephone and mail, and so has whoever claims to be them.',
  standards: { 'ISO 27001:2022': 'A.5.17' },
  needs,
  select: rootDevices,
  judge: ({ atMost, inUse, unseen }, _facts, { accountId }) => {
    if (unseen !== undefined) return unknown(`which devices are root's hangs on those of users: ${unseen}`);
    if (atMost > 1) return pass;
    return fail(`Root of account ${accountId} has one MFA device only: all others of the ${inUse} in use belong to users.`, {
      evidence: { devicesInUse: inUse },
    });
  },
  remediation:
    'Sign in as root, open "Security credentials", assign a second FIDO2 security key and keep it in another place; AWS takes up to eight devices.',
});
