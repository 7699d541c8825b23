import { z } from 'zod';
import { parseArn } from '../arn.ts';

/** A virtual MFA device that is in use, and whose it is. */
export interface VirtualMfaDevice {
  readonly serialNumber: string;
  /** The ARN of the user, or of root (which ends in `:root`). */
  readonly userArn: string;
}

/**
 * Reads `iam list-virtual-mfa-devices`. Devices that nobody has enabled carry no user and guard nothing; they are left out.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html
 */
export const virtualMfaDevicesSchema = z
  .object({
    VirtualMFADevices: z.array(z.object({ SerialNumber: z.string(), User: z.object({ Arn: z.string() }).nullish() })),
  })
  .transform(({ VirtualMFADevices }): readonly VirtualMfaDevice[] =>
    VirtualMFADevices.flatMap(({ SerialNumber, User }) => (User ? [{ serialNumber: SerialNumber, userArn: User.Arn }] : [])),
  );

/** Reads `iam list-mfa-devices` of one user: the serial numbers of its devices. */
export const mfaDevicesSchema = z
  .object({ MFADevices: z.array(z.object({ SerialNumber: z.string() })) })
  .transform(({ MFADevices }): readonly string[] => MFADevices.map(({ SerialNumber }) => SerialNumber));

/** The certifications of a FIDO authenticator by scheme, such as `{ FIDO: 'L1' }`; empty where the maker is not attested. */
export type Certifications = Readonly<Record<string, string>>;

/** Reads `iam get-mfa-device`. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html */
export const mfaCertificationsSchema = z
  .object({ Certifications: z.record(z.string(), z.string()).nullish() })
  .transform(({ Certifications }): Certifications => Certifications ?? {});

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
