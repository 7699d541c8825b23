import { z } from 'zod';
import { parseArn } from '../model/arn.ts';
import { byItem } from './by-item.ts';
import type { Fact } from './fact.ts';

/** Reads `iam list-mfa-devices` of one user: the serial numbers of its devices. */
export const mfaDevicesSchema = z
  .object({ MFADevices: z.array(z.object({ SerialNumber: z.string() })) })
  .transform(({ MFADevices }): readonly string[] => MFADevices.map(({ SerialNumber }) => SerialNumber));

/** The kind of an MFA device, as far as its serial number tells. */
export type MfaKind = 'virtual' | 'fido' | 'sms' | 'hardware-totp';

/**
 * The kind of device that a serial number belongs to: `…:mfa/…` virtual, `…:u2f/…` a FIDO security key *or* a passkey,
 * `…:sms-mfa/…` a phone number, and no ARN at all a hardware token.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_checking-status.html
 */
export function mfaKind(serialNumber: string): MfaKind {
  const resource = parseArn(serialNumber)?.resource;
  if (resource === undefined) return 'hardware-totp';
  if (resource.startsWith('u2f/')) return 'fido';
  if (resource.startsWith('sms-mfa/')) return 'sms';
  return 'virtual';
}

/** What `iam list-mfa-devices` prints, by user name. */
export const mfaDevices = {
  name: 'mfaDevices',
  schema: byItem(mfaDevicesSchema),
  actions: ['iam:ListMFADevices'],
  awsCliFile: { folder: 'mfa-devices' },
  dependsOn: ['identities', 'credentialReport', 'virtualMfaDevices', 'accountSummary', 'access'],
} as const satisfies Fact;
