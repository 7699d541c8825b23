import { z } from 'zod';
import type { Fact } from './fact.ts';

/** The features of centralized root access. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html */
export type RootFeature = 'RootCredentialsManagement' | 'RootSessions';

/**
 * Reads `iam list-organizations-features`: the enabled features; undefined where this account may not list them. Only the
 * management account and the delegated administrator account for IAM may.
 */
export const rootFeaturesSchema = z
  .object({ EnabledFeatures: z.array(z.string()) })
  .nullable()
  .transform((answer): readonly string[] | undefined => answer?.EnabledFeatures);

/** What `iam list-organizations-features` prints; `null`: only the management account or a delegated administrator account may call it. */
export const rootFeatures = {
  name: 'rootFeatures',
  schema: rootFeaturesSchema,
  actions: ['iam:ListOrganizationsFeatures'],
  awsCliFile: 'organizations-features.json',
  dependsOn: ['organization'],
} as const satisfies Fact;
