import { z } from 'zod';
import type { Fact } from './fact.ts';

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

/** What `iam list-virtual-mfa-devices` prints. */
export const virtualMfaDevices = {
  name: 'virtualMfaDevices',
  schema: virtualMfaDevicesSchema,
  actions: ['iam:ListVirtualMFADevices'],
  awsCliFile: 'virtual-mfa-devices.json',
  dependsOn: [],
} as const satisfies Fact;
