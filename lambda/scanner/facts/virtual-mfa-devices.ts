import { z } from 'zod';
import type { Fact } from './fact.ts';

/** A virtual MFA device in use, and its owner. */
export interface VirtualMfaDevice {
  readonly serialNumber: string;
  /** The ARN of the user, or of root (which ends in `:root`). */
  readonly userArn: string;
}

/**
 * Reads `iam list-virtual-mfa-devices`. Devices that are not enabled for a user protect nothing; they are left out.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html
 */
export const virtualMfaDevicesSchema = z
  .object({
    VirtualMFADevices: z.array(z.object({ SerialNumber: z.string(), User: z.object({ Arn: z.string() }).nullish() })),
  })
  .transform(({ VirtualMFADevices }): readonly VirtualMfaDevice[] =>
    VirtualMFADevices.flatMap(({ SerialNumber, User }) => (User ? [{ serialNumber: SerialNumber, userArn: User.Arn }] : [])),
  );

/** What `iam list-virtual-mfa-devices` prints. */
export const virtualMfaDevices = {
  name: 'virtualMfaDevices',
  schema: virtualMfaDevicesSchema,
  actions: ['iam:ListVirtualMFADevices'],
  awsCliFile: 'virtual-mfa-devices.json',
  dependsOn: [],
} as const satisfies Fact;
