import { derivedValues } from '../model/derived-values.ts';
import { ifCollected } from '../model/observed.ts';
import type { VirtualMfaDevice } from '../facts/virtual-mfa-devices.ts';
import type { Account } from './account.ts';
import type { UserPrincipal } from './principal.ts';

const owners = derivedValues.table<readonly VirtualMfaDevice[], ReadonlySet<string | undefined>>();

/** Whether the user has an MFA device; undefined where it is not known. The lists of devices are newer than the credential report. */
export function hasMfaDevice({ facts }: Account, { arn, identity }: UserPrincipal): boolean | undefined {
  const { mfaDevices, virtualMfaDevices, credentialReport } = facts;
  const listed = ifCollected(mfaDevices)?.get(identity.name);
  if (listed?.status === 'collected' && listed.value.length > 0) return true;
  if (virtualMfaDevices.status === 'collected') {
    const { value } = virtualMfaDevices;
    if (owners.getOrCreate(value, () => new Set(value.map(({ userArn }) => userArn))).has(arn)) return true;
  }
  if (listed?.status === 'collected') return false;
  return ifCollected(credentialReport)?.rows.get(identity.name)?.mfaActive;
}
