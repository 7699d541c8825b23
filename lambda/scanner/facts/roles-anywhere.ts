import { z } from 'zod';
import { byItem } from './by-item.ts';
import type { Fact } from './fact.ts';
import { ifReadable } from './lenient.ts';

interface Configured {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
}

/** A trust anchor: a certificate authority whose certificates IAM Roles Anywhere accepts. */
export interface TrustAnchor extends Configured {
  /** The source of its certificate: `AWS_ACM_PCA`, `CERTIFICATE_BUNDLE` or `SELF_SIGNED_REPOSITORY`. */
  readonly source: string;
  /** Its certificates in PEM, or the ARN of its authority in AWS Private CA; absent if AWS tells neither. */
  readonly authority?: string;
}

/** A certificate revocation list (CRL) for the authority of a trust anchor. */
export interface Crl extends Configured {
  readonly trustAnchorArn: string;
}

/** A profile: roles that can be assumed with a certificate, and the limits of their sessions. */
export interface AnywhereProfile extends Configured {
  readonly roleArns: readonly string[];
  /** Whether sessions get fewer permissions than the role: by a session policy, or by managed policies in its place. */
  readonly narrowsSessions: boolean;
}

/** The configuration of IAM Roles Anywhere in one Region. */
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

/** https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_SourceData.html */
const sourceDataSchema = z.union([
  z.object({ x509CertificateData: z.string() }).transform((data) => data.x509CertificateData),
  z.object({ acmPcaArn: z.string() }).transform(({ acmPcaArn }) => acmPcaArn),
]);

/** https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_TrustAnchorDetail.html */
const trustAnchorSchema = z
  .object({
    ...configured,
    trustAnchorArn: z.string(),
    trustAnchorId: z.string(),
    source: z.object({ sourceType: z.string(), sourceData: ifReadable(sourceDataSchema) }).nullish(),
  })
  .transform(({ trustAnchorArn, trustAnchorId, name, enabled, source }): TrustAnchor => ({
    arn: trustAnchorArn,
    id: trustAnchorId,
    name,
    enabled,
    source: source?.sourceType ?? '',
    ...(source?.sourceData === undefined ? {} : { authority: source.sourceData }),
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
    roleArns: z.array(z.string()),
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

/** Reads `rolesanywhere list-trust-anchors`, `list-crls` and `list-profiles` of one Region, combined. */
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
