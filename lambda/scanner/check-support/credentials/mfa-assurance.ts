import type { Certifications } from '../../facts/mfa-certifications.ts';
import { mfaKind } from '../../facts/mfa-devices.ts';
import type { Observed } from '../../model/observed.ts';

/**
 * How well an MFA device protects against attackers, weakest first:
 *
 * - `passkey-unverified`: FIDO without a certification. It can be a security key without attestation, or a passkey that a password
 *   manager copies to every device of its owner. It is not known whether it is hardware.
 * - `hardware-totp`: a token that shows codes. It cannot be copied, but its codes can be phished.
 * - `fido-certified`: an authenticator that the FIDO Alliance has certified.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_fido_supported_configurations.html
 */
export const mfaAssurances = ['none', 'sms', 'virtual', 'passkey-unverified', 'hardware-totp', 'fido-certified'] as const;

/** One of {@link mfaAssurances}. */
export type MfaAssurance = (typeof mfaAssurances)[number];

/** Whether the device is known to be hardware. */
export const isHardware = (assurance: MfaAssurance): boolean =>
  mfaAssurances.indexOf(assurance) >= mfaAssurances.indexOf('hardware-totp');

/** An MFA device with its assurance. */
export interface AssuredDevice {
  readonly serialNumber: string;
  readonly assurance: MfaAssurance;
  /** Why its certification is not known; the assurance is then the lowest possible one. */
  readonly unseen?: string;
}

/** The assurance of a user's MFA. */
export interface MfaProtection {
  readonly devices: readonly AssuredDevice[];
  /** The assurance of the weakest device. It decides, because any one device is enough to sign in. */
  readonly weakest: MfaAssurance;
  readonly strongest: MfaAssurance;
}

/** The answers of `iam get-mfa-device`, by serial number. */
type CertificationsBySerial = ReadonlyMap<string, Observed<Certifications>>;

/** The assurance of the MFA of a user or of root, from the serial numbers of the devices and their certifications. */
export function mfaAssurance(serialNumbers: readonly string[], certifications: CertificationsBySerial): MfaProtection {
  const devices = serialNumbers.map((serialNumber) => assuredDevice(serialNumber, certifications));
  const ranked = mfaAssurances.filter((level) => devices.some(({ assurance }) => assurance === level));
  return { devices, weakest: ranked[0] ?? 'none', strongest: ranked.at(-1) ?? 'none' };
}

function assuredDevice(serialNumber: string, certifications: CertificationsBySerial): AssuredDevice {
  const kind = mfaKind(serialNumber);
  if (kind !== 'fido') return { serialNumber, assurance: kind };
  const certified = certifications.get(serialNumber);
  if (certified?.status === 'collected')
    return { serialNumber, assurance: Object.keys(certified.value).length > 0 ? 'fido-certified' : 'passkey-unverified' };
  return { serialNumber, assurance: 'passkey-unverified', unseen: certified?.reason ?? 'its certification was not requested' };
}
