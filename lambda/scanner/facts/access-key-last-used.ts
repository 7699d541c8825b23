import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import { byItem } from './by-item.ts';
import type { Fact } from './fact.ts';

/**
 * Reads `iam get-access-key-last-used`: when the key last signed a request; undefined: never since 22 April 2015.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html
 */
export const accessKeyLastUsedSchema = z
  .object({ AccessKeyLastUsed: z.object({ LastUsedDate: instantSchema.nullish() }) })
  .transform(({ AccessKeyLastUsed }): Instant | undefined => AccessKeyLastUsed.LastUsedDate ?? undefined);

/** What `iam get-access-key-last-used` prints, by access key id. */
export const accessKeyLastUsed = {
  name: 'accessKeyLastUsed',
  schema: byItem(accessKeyLastUsedSchema),
  actions: ['iam:GetAccessKeyLastUsed'],
  awsCliFile: { folder: 'access-key-last-used' },
  dependsOn: ['accessKeys'],
} as const satisfies Fact;
