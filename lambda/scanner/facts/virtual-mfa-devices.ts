import { z } from 'zod';
import type { Fact } from './fact.ts';
import { eachWithPlace, textIn } from './lenient.ts';

/** A virtual MFA device in use, and its owner. */
export interface VirtualMfaDevice {
  readonly serialNumber: string;
  /** The ARN of the user, or of root (which ends in `:root`); absent if it cannot be read. */
  readonly userArn?: string;
}

/** A device without a user is not enabled. An element that is no device at all may be one of any user. */
function readDevice(fields: Readonly<Record<string, unknown>>, place: string): readonly VirtualMfaDevice[] {
  const isDevice = Object.keys(fields).length > 0;
  if (isDevice && fields['User'] === undefined) return [];
  const userArn = z.object({ Arn: z.string().min(1) }).safeParse(fields['User']).data?.Arn;
  return [{ serialNumber: textIn(fields['SerialNumber']) ?? place, ...(userArn === undefined ? {} : { userArn }) }];
}

/** Pages that shift while they are read can list a device twice. It is one device. */
const once = (devices: readonly VirtualMfaDevice[]): readonly VirtualMfaDevice[] => [
  ...new Map(devices.map((device) => [device.serialNumber, device])).values(),
];

/**
 * Reads `iam list-virtual-mfa-devices`. Devices that are not enabled for a user protect nothing; they are left out.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html
 */
export const virtualMfaDevicesSchema = z
  .object({ VirtualMFADevices: eachWithPlace('VirtualMFADevices', readDevice) })
  .transform(({ VirtualMFADevices }): readonly VirtualMfaDevice[] => once(VirtualMFADevices.flat()));

/** What `iam list-virtual-mfa-devices` prints. */
export const virtualMfaDevices = {
  name: 'virtualMfaDevices',
  schema: virtualMfaDevicesSchema,
  actions: ['iam:ListVirtualMFADevices'],
  awsCliFile: 'virtual-mfa-devices.json',
  dependsOn: [],
} as const satisfies Fact;
