import type { Json } from './json.ts';

/** The version of the snapshot format that this program writes and reads. */
export const SNAPSHOT_SCHEMA_VERSION = 1;

/**
 * What was seen, or why it could not be. Facts that need one call an identity (access keys, MFA devices) hold one of these for
 * each, so that one refused call hides one identity and no more.
 */
export type Observed<T> =
  | { readonly status: 'collected'; readonly value: T }
  | { readonly status: 'unavailable'; readonly reason: string; readonly action?: string };

/** Why something could not be seen. */
export type Unavailable = Extract<Observed<never>, { readonly status: 'unavailable' }>;

/** A collected fact, or one of its items. */
export const collected = <T>(value: T): Observed<T> => ({ status: 'collected', value });

/** A fact that could not be seen; `action` is the IAM action that was refused, where one was. */
export const unavailable = (reason: string, action?: string): Unavailable => ({
  status: 'unavailable',
  reason,
  ...(action === undefined ? {} : { action }),
});

/**
 * What is asked of AWS, by fact. The value of each is what AWS answers, in the shape that the AWS CLI prints, pages merged and
 * policy documents decoded; where one call is made for each identity, an object of {@link Observed} answers by user name, serial
 * number, access key id or ARN. `null` means that AWS said "there is none".
 */
export const rawFactNames = [
  'identities', // iam get-account-authorization-details
  'accountSummary', // iam get-account-summary
  'credentialReport', // iam get-credential-report, its content decoded
  'virtualMfaDevices', // iam list-virtual-mfa-devices
  'mfaDevices', // iam list-mfa-devices, by user name
  'mfaCertifications', // iam get-mfa-device, by serial number
  'accessKeys', // iam list-access-keys, by user name
  'accessKeyLastUsed', // iam get-access-key-last-used, by access key id
  'serviceCredentials', // iam list-service-specific-credentials --all-users
  'sshPublicKeys', // iam list-ssh-public-keys, by user name
  'signingCertificates', // iam list-signing-certificates, by user name
  'serverCertificates', // iam list-server-certificates
  'passwordPolicy', // iam get-account-password-policy; null: the account has none
  'samlProviders', // iam get-saml-provider, by ARN
  'oidcProviders', // iam get-open-id-connect-provider, by ARN
  'securityContact', // account get-alternate-contact --alternate-contact-type SECURITY; null: there is none
  'rootFeatures', // iam list-organizations-features; null: only the management or a delegated account may ask
  'organization', // organizations describe-organization; null: the account is in none
  'roleSessions', // iam list-roles, of each role its name and the length of its sessions; none where no role is admin
  'analyzers', // accessanalyzer list-analyzers, by Region; the others are not asked where the first has what is looked for
  'rolesAnywhere', // rolesanywhere list-trust-anchors, list-crls, list-profiles, by Region; none where no role trusts it
  'compute', // what carries roles, by many calls in every Region: an inventory in a shape of our own
] as const;

/** The name of one fact in a snapshot file. */
export type RawFactName = (typeof rawFactNames)[number];

/**
 * The snapshot of one account as it is saved: plain JSON, so that it can be kept, compared and replayed anywhere.
 *
 * - `takenAt`: when collection began, ISO 8601 in UTC.
 * - `calls`: how many requests AWS was sent for it; 0 where the files came from elsewhere.
 */
export interface SnapshotFile {
  readonly schemaVersion: typeof SNAPSHOT_SCHEMA_VERSION;
  readonly takenAt: string;
  readonly partition: string;
  readonly accountId: string;
  readonly calls: number;
  readonly facts: Readonly<Record<RawFactName, Observed<Json>>>;
}
