import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import { byItem } from './by-item.ts';
import type { Fact } from './fact.ts';

/** A SAML identity provider. */
export interface SamlProvider {
  readonly metadata: string;
  readonly validUntil?: Instant;
}

/** Reads `iam get-saml-provider`. */
export const samlProviderSchema = z
  .object({ SAMLMetadataDocument: z.string().default(''), ValidUntil: instantSchema.nullish() })
  .transform((provider): SamlProvider => ({
    metadata: provider.SAMLMetadataDocument,
    ...(provider.ValidUntil == null ? {} : { validUntil: provider.ValidUntil }),
  }));

/** What `iam get-saml-provider` prints, by ARN. */
export const samlProviders = {
  name: 'samlProviders',
  schema: byItem(samlProviderSchema),
  actions: ['iam:ListSAMLProviders', 'iam:GetSAMLProvider'],
  awsCliFile: { folder: 'saml-providers', itemField: 'Arn' },
  dependsOn: [],
} as const satisfies Fact;
