import { z } from 'zod';
import { byItem } from './by-item.ts';
import type { Fact } from './fact.ts';

interface Configured {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
}

/** An authority whose certificates IAM Roles Anywhere takes. */
export interface TrustAnchor extends Configured {
  /** Where its certificate comes from: `AWS_ACM_PCA`, `CERTIFICATE_BUNDLE` or `SELF_SIGNED_REPOSITORY`. */
  readonly source: string;
}

/** A list of the certificates that the authority of a trust anchor has revoked. */
export interface Crl extends Configured {
  readonly trustAnchorArn: string;
}

/** Roles that may be asked for with a certificate, and what limits their sessions. */
export interface AnywhereProfile extends Configured {
  readonly roleArns: readonly string[];
  /** Whether sessions get less than what the role may do: there is a session policy, or managed policies in place of one. */
  readonly narrowsSessions: boolean;
}

/** What IAM Roles Anywhere has in one Region. */
export interface RolesAnywhere {
  readonly trustAnchors: readonly TrustAnchor[];
  readonly crls: readonly Crl[];
  readonly profiles: readonly AnywhereProfile[];
}

const configured = { name: z.string(), enabled: z.boolean() };
const texts = z
  .array(z.string())
  .nullish()
  .transform((items) => items ?? []);

/** https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_TrustAnchorDetail.html */
const trustAnchorSchema = z
  .object({
    ...configured,
    trustAnchorArn: z.string(),
    trustAnchorId: z.string(),
    source: z.object({ sourceType: z.string() }).nullish(),
  })
  .transform(({ trustAnchorArn, trustAnchorId, name, enabled, source }): TrustAnchor => ({
    arn: trustAnchorArn,
    id: trustAnchorId,
    name,
    enabled,
    source: source?.sourceType ?? '',
  }));

/** https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CrlDetail.html */
const crlSchema = z
  .object({ ...configured, crlArn: z.string(), crlId: z.string(), trustAnchorArn: z.string() })
  .transform(({ crlArn, crlId, name, enabled, trustAnchorArn }): Crl => ({
    arn: crlArn,
    id: crlId,
    name,
    enabled,
    trustAnchorArn,
  }));

/** https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ProfileDetail.html */
const profileSchema = z
  .object({
    ...configured,
    profileArn: z.string(),
    profileId: z.string(),
    roleArns: texts,
    sessionPolicy: z.string().nullish(),
    managedPolicyArns: texts,
  })
  .transform(({ profileArn, profileId, name, enabled, roleArns, sessionPolicy, managedPolicyArns }): AnywhereProfile => ({
    arn: profileArn,
    id: profileId,
    name,
    enabled,
    roleArns,
    narrowsSessions: Boolean(sessionPolicy?.trim()) || managedPolicyArns.length > 0,
  }));

/** Reads `rolesanywhere list-trust-anchors`, `list-crls` and `list-profiles` of one Region, put together. */
export const rolesAnywhereSchema = z
  .object({ trustAnchors: z.array(trustAnchorSchema), crls: z.array(crlSchema), profiles: z.array(profileSchema) })
  .transform((lists): RolesAnywhere => lists);

/** What `rolesanywhere list-trust-anchors`, `list-crls` and `list-profiles` print, by Region; empty if no role trusts the service. */
export const rolesAnywhere = {
  name: 'rolesAnywhere',
  schema: byItem(rolesAnywhereSchema),
  actions: ['account:ListRegions', 'rolesanywhere:ListCrls', 'rolesanywhere:ListProfiles', 'rolesanywhere:ListTrustAnchors'],
  awsCliFile: { folder: 'roles-anywhere' },
  dependsOn: ['identities'],
} as const satisfies Fact;
