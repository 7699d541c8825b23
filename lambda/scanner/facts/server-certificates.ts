import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import type { Fact } from './fact.ts';

/** A TLS certificate stored in IAM. */
export interface ServerCertificate {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly expiresAt?: Instant;
}

/** Reads `iam list-server-certificates`. */
export const serverCertificatesSchema = z
  .object({
    ServerCertificateMetadataList: z.array(
      z.object({
        ServerCertificateName: z.string(),
        ServerCertificateId: z.string(),
        Arn: z.string(),
        Expiration: instantSchema.nullish(),
      }),
    ),
  })
  .transform(({ ServerCertificateMetadataList }): readonly ServerCertificate[] =>
    ServerCertificateMetadataList.map((certificate) => ({
      name: certificate.ServerCertificateName,
      id: certificate.ServerCertificateId,
      arn: certificate.Arn,
      ...(certificate.Expiration == null ? {} : { expiresAt: certificate.Expiration }),
    })),
  );

/** What `iam list-server-certificates` prints. */
export const serverCertificates = {
  name: 'serverCertificates',
  schema: serverCertificatesSchema,
  actions: ['iam:ListServerCertificates'],
  awsCliFile: 'server-certificates.json',
  dependsOn: [],
} as const satisfies Fact;
