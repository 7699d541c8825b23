import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import type { Fact } from './fact.ts';

/** A credential for one service only: CodeCommit, Keyspaces, Bedrock, CloudWatch Logs. */
export interface ServiceCredential {
  readonly id: string;
  readonly userName: string;
  /** The service, such as `bedrock.amazonaws.com`. */
  readonly service: string;
  readonly active: boolean;
  readonly createdAt: Instant;
  /** Absent: the credential never expires. */
  readonly expiresAt?: Instant;
}

/** Reads `iam list-service-specific-credentials --all-users`. */
export const serviceCredentialsSchema = z
  .object({
    ServiceSpecificCredentials: z.array(
      z.object({
        UserName: z.string(),
        Status: z.string(),
        CreateDate: instantSchema,
        ExpirationDate: instantSchema.nullish(),
        ServiceSpecificCredentialId: z.string(),
        ServiceName: z.string(),
      }),
    ),
  })
  .transform(({ ServiceSpecificCredentials }): readonly ServiceCredential[] =>
    ServiceSpecificCredentials.map((credential) => ({
      id: credential.ServiceSpecificCredentialId,
      userName: credential.UserName,
      service: credential.ServiceName,
      active: credential.Status === 'Active',
      createdAt: credential.CreateDate,
      ...(credential.ExpirationDate == null ? {} : { expiresAt: credential.ExpirationDate }),
    })),
  );

/** What `iam list-service-specific-credentials --all-users` prints. */
export const serviceCredentials = {
  name: 'serviceCredentials',
  schema: serviceCredentialsSchema,
  actions: ['iam:ListServiceSpecificCredentials'],
  awsCliFile: 'service-specific-credentials.json',
  dependsOn: [],
} as const satisfies Fact;
