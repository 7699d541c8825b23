import { z } from 'zod';
import { byItem } from './by-item.ts';
import type { Fact } from './fact.ts';

/** The certifications of a FIDO authenticator by scheme, such as `{ FIDO: 'L1' }`; empty where its model is not attested. */
export type Certifications = Readonly<Record<string, string>>;

/** Reads `iam get-mfa-device`. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html */
export const mfaCertificationsSchema = z
  .object({ Certifications: z.record(z.string(), z.string()).nullish() })
  .transform(({ Certifications }): Certifications => Certifications ?? {});

/** What `iam get-mfa-device` prints, by serial number. */
export const mfaCertifications = {
  name: 'mfaCertifications',
  schema: byItem(mfaCertificationsSchema),
  actions: ['iam:GetMFADevice'],
  awsCliFile: { folder: 'mfa-certifications', itemField: 'SerialNumber' },
  dependsOn: ['mfaDevices'],
} as const satisfies Fact;
