import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import type { Fact } from './fact.ts';
import { eachWithPlace, textIn } from './lenient.ts';

/** A credential for one service only: CodeCommit, Keyspaces, Bedrock, CloudWatch Logs. */
export interface ServiceCredential {
  readonly id: string;
  /** Its user; absent if that cannot be read. */
  readonly userName?: string;
  /** The service, such as `bedrock.amazonaws.com`. */
  readonly service: string;
  readonly active: boolean;
  readonly createdAt: Instant;
  /** Absent: the credential never expires. */
  readonly expiresAt?: Instant;
  /** The fields that cannot be read; the values of these mean nothing. Absent: none. */
  readonly unread?: readonly string[];
}

function readCredential(fields: Readonly<Record<string, unknown>>, place: string): ServiceCredential {
  const id = textIn(fields['ServiceSpecificCredentialId']);
  const userName = textIn(fields['UserName']);
  const status = textIn(fields['Status']);
  const createdAt = instantSchema.safeParse(fields['CreateDate']).data;
  const expiresAt = instantSchema.nullish().safeParse(fields['ExpirationDate']);
  const isExpiryOdd = !expiresAt.success || (expiresAt.data != null && expiresAt.data < (createdAt ?? 0));
  const unread = [
    ...(id === undefined ? ['ServiceSpecificCredentialId'] : []),
    ...(userName === undefined ? ['UserName'] : []),
    ...(status === undefined ? ['Status'] : []),
    ...(createdAt === undefined ? ['CreateDate'] : []),
    ...(isExpiryOdd ? ['ExpirationDate'] : []),
  ];
  return {
    id: id ?? place,
    ...(userName === undefined ? {} : { userName }),
    service: textIn(fields['ServiceName']) ?? 'a service that is not named',
    active: status === undefined || status === 'Active',
    createdAt: createdAt ?? 0,
    ...(expiresAt.data == null || isExpiryOdd ? {} : { expiresAt: expiresAt.data }),
    ...(unread.length === 0 ? {} : { unread: unread.map((field) => `${field} of ${place}`) }),
  };
}

/** Reads `iam list-service-specific-credentials --all-users`. */
export const serviceCredentialsSchema = z
  .object({ ServiceSpecificCredentials: eachWithPlace('ServiceSpecificCredentials', readCredential) })
  .transform(({ ServiceSpecificCredentials }) => ServiceSpecificCredentials);

/** What `iam list-service-specific-credentials --all-users` prints. */
export const serviceCredentials = {
  name: 'serviceCredentials',
  schema: serviceCredentialsSchema,
  actions: ['iam:ListServiceSpecificCredentials'],
  awsCliFile: 'service-specific-credentials.json',
  dependsOn: [],
} as const satisfies Fact;
