import { z } from 'zod';
import { byItem } from './by-item.ts';
import type { Fact } from './fact.ts';

/** An OpenID Connect identity provider. */
export interface OidcProvider {
  /** The issuer, without `https://`. */
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
}

/** Reads `iam get-open-id-connect-provider`. */
export const oidcProviderSchema = z
  .object({
    Url: z.string().default(''),
    ClientIDList: z.array(z.string()).default([]),
    ThumbprintList: z.array(z.string()).default([]),
  })
  .transform(({ Url, ClientIDList, ThumbprintList }): OidcProvider => ({
    url: Url,
    clientIds: ClientIDList,
    thumbprints: ThumbprintList,
  }));

/** What `iam get-open-id-connect-provider` prints, by ARN. */
export const oidcProviders = {
  name: 'oidcProviders',
  schema: byItem(oidcProviderSchema),
  actions: ['iam:ListOpenIDConnectProviders', 'iam:GetOpenIDConnectProvider'],
  awsCliFile: { folder: 'open-id-connect-providers', itemField: 'Arn' },
  dependsOn: [],
} as const satisfies Fact;
