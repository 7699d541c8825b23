import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import { byItem } from './by-item.ts';
import type { Fact } from './fact.ts';

/** An X.509 certificate with which a user signs requests to old APIs. */
export interface SigningCertificate {
  readonly id: string;
  readonly active: boolean;
  readonly uploadedAt?: Instant;
}

/** Reads `iam list-signing-certificates` of one user. */
export const signingCertificatesSchema = z
  .object({
    Certificates: z.array(z.object({ CertificateId: z.string(), Status: z.string(), UploadDate: instantSchema.nullish() })),
  })
  .transform(({ Certificates }): readonly SigningCertificate[] =>
    Certificates.map((certificate) => ({
      id: certificate.CertificateId,
      active: certificate.Status === 'Active',
      ...(certificate.UploadDate == null ? {} : { uploadedAt: certificate.UploadDate }),
    })),
  );

/** What `iam list-signing-certificates` prints, by user name. */
export const signingCertificates = {
  name: 'signingCertificates',
  schema: byItem(signingCertificatesSchema),
  actions: ['iam:ListSigningCertificates'],
  awsCliFile: { folder: 'signing-certificates' },
  dependsOn: ['identities', 'credentialReport'],
} as const satisfies Fact;
