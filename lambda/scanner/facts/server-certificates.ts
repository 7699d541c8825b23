import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import type { Fact } from './fact.ts';
import { eachWithPlace, textIn } from './lenient.ts';

/** A TLS certificate stored in IAM. */
export interface ServerCertificate {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  /** Absent if AWS did not say, or if it cannot be read. */
  readonly expiresAt?: Instant;
}

function readCertificate(fields: Readonly<Record<string, unknown>>, place: string): ServerCertificate {
  const arn = textIn(fields['Arn']) ?? place;
  const expiresAt = instantSchema.safeParse(fields['Expiration']).data;
  return {
    name: textIn(fields['ServerCertificateName']) ?? arn.slice(arn.lastIndexOf('/') + 1),
    id: textIn(fields['ServerCertificateId']) ?? arn,
    arn,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** Reads `iam list-server-certificates`. A certificate with nothing that can be read has its place as its name. */
export const serverCertificatesSchema = z
  .object({ ServerCertificateMetadataList: eachWithPlace('ServerCertificateMetadataList', readCertificate) })
  .transform(({ ServerCertificateMetadataList }) => ServerCertificateMetadataList);

/** What `iam list-server-certificates` prints. */
export const serverCertificates = {
  name: 'serverCertificates',
  schema: serverCertificatesSchema,
  actions: ['iam:ListServerCertificates'],
  awsCliFile: 'server-certificates.json',
  dependsOn: [],
} as const satisfies Fact;
