import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import { byItem } from './by-item.ts';
import type { Fact } from './fact.ts';

/** A long-lived access key of an IAM user. */
export interface AccessKey {
  readonly id: string;
  readonly userName: string;
  readonly active: boolean;
  readonly createdAt: Instant;
}

/** Reads `iam list-access-keys` of one user. */
export const accessKeysSchema = z
  .object({
    AccessKeyMetadata: z.array(
      z.object({ UserName: z.string(), AccessKeyId: z.string(), Status: z.string(), CreateDate: instantSchema }),
    ),
  })
  .transform(({ AccessKeyMetadata }): readonly AccessKey[] =>
    AccessKeyMetadata.map((key) => ({
      id: key.AccessKeyId,
      userName: key.UserName,
      active: key.Status === 'Active',
      createdAt: key.CreateDate,
    })),
  );

/** What `iam list-access-keys` prints, by user name. */
export const accessKeys = {
  name: 'accessKeys',
  schema: byItem(accessKeysSchema),
  actions: ['iam:ListAccessKeys'],
  awsCliFile: { folder: 'access-keys' },
  dependsOn: ['identities', 'credentialReport', 'access'],
} as const satisfies Fact;
