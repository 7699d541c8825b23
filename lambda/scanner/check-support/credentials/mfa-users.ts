import type { User } from '../../facts/identity.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { memoizeByFacts } from '../principals/memoize-by-facts.ts';
import { type UserSubject, users } from './users.ts';

/** The facts about the MFA devices of users. */
export const mfaFacts = ['identities', 'credentialReport', 'virtualMfaDevices', 'mfaDevices'] as const;

type MfaFacts = Pick<Facts, (typeof mfaFacts)[number]>;

/** An IAM user with its MFA devices. */
export interface MfaUser extends UserSubject {
  /** The serial numbers of its devices; only of virtual ones if its devices were not listed. */
  readonly serialNumbers: readonly string[];
  /** Whether all its devices are known, and not only virtual ones. */
  readonly complete: boolean;
  /** Why its devices could not be listed; absent if they were. */
  readonly unseen?: string;
}

/** Every IAM user of the account with its MFA devices, if any. */
export const mfaUsers = memoizeByFacts(mfaFacts, (facts): readonly MfaUser[] => {
  const virtual = virtualDevices(facts);
  return users(facts).map((subject) => ({
    ...subject,
    ...devicesOf(subject, virtual.get(subject.user.arn) ?? [], facts.mfaDevices.get(subject.user.name)),
  }));
});

/** The serial numbers of the virtual devices of each user, by its ARN. */
function virtualDevices({ virtualMfaDevices }: MfaFacts): ReadonlyMap<string, readonly string[]> {
  const devices = new Map<User['arn'], string[]>();
  for (const { userArn, serialNumber } of virtualMfaDevices) {
    if (userArn === undefined) continue;
    const own = devices.get(userArn);
    if (own) own.push(serialNumber);
    else devices.set(userArn, [serialNumber]);
  }
  return devices;
}

/** Live facts take precedence. The report can only show that a user has no MFA at all. */
function devicesOf(
  { row }: UserSubject,
  virtual: readonly string[],
  listed: ReturnType<MfaFacts['mfaDevices']['get']>,
): Pick<MfaUser, 'serialNumbers' | 'complete' | 'unseen'> {
  if (listed?.status === 'collected') return { serialNumbers: [...new Set([...virtual, ...listed.value])], complete: true };
  if (listed) return { serialNumbers: virtual, complete: false, unseen: listed.reason };
  if (virtual.length > 0) return { serialNumbers: virtual, complete: false };
  if (row?.mfaActive === false) return { serialNumbers: [], complete: true };
  const unseen = row
    ? 'its MFA devices were not listed'
    : 'the user is newer than the credential report, and its MFA devices were not listed';
  return { serialNumbers: [], complete: false, unseen };
}
