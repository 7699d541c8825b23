import { z } from 'zod';
import { type Instant, instantSchema } from '../instant.ts';

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
