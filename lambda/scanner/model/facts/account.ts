import { z } from 'zod';
import { type Instant, instantSchema } from '../instant.ts';

/** The counters of `iam get-account-summary` that the checks read; they are live, unlike the credential report. */
export interface AccountSummary {
  readonly rootHasAccessKey: boolean;
  readonly rootHasMfa: boolean;
  /** Absent where AWS does not say (an older answer, or a saved file without it). */
  readonly rootHasPassword?: boolean;
  readonly rootHasSigningCertificate: boolean;
  readonly users?: number;
  /** Devices of users and of root together, of all kinds. */
  readonly mfaDevicesInUse?: number;
  readonly serverCertificates?: number;
  /** SAML and OpenID Connect providers together. */
  readonly identityProviders?: number;
}

/** Reads `iam get-account-summary`. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
export const accountSummarySchema = z
  .object({ SummaryMap: z.record(z.string(), z.number()) })
  .transform(({ SummaryMap: map }, context): AccountSummary => {
    for (const key of ['AccountAccessKeysPresent', 'AccountMFAEnabled'])
      if (map[key] === undefined) context.addIssue({ code: 'custom', message: `lacks ${key}` });
    return {
      rootHasAccessKey: map['AccountAccessKeysPresent'] !== 0,
      rootHasMfa: map['AccountMFAEnabled'] === 1,
      ...(map['AccountPasswordPresent'] === undefined ? {} : { rootHasPassword: map['AccountPasswordPresent'] === 1 }),
      rootHasSigningCertificate: (map['AccountSigningCertificatesPresent'] ?? 0) > 0,
      ...(map['Users'] === undefined ? {} : { users: map['Users'] }),
      ...(map['MFADevicesInUse'] === undefined ? {} : { mfaDevicesInUse: map['MFADevicesInUse'] }),
      ...(map['ServerCertificates'] === undefined ? {} : { serverCertificates: map['ServerCertificates'] }),
      ...(map['Providers'] === undefined ? {} : { identityProviders: map['Providers'] }),
    };
  });

/** The account's rules for passwords of IAM users; what AWS leaves out is off. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requiresSymbols: boolean;
  readonly requiresNumbers: boolean;
  readonly requiresUppercase: boolean;
  readonly requiresLowercase: boolean;
  /** Passwords remembered against reuse; 0: none. */
  readonly reusePrevention: number;
  /** Days until a password expires; absent: never. */
  readonly maxAgeDays?: number;
}

const on = z.boolean().default(false);

/** Reads `iam get-account-password-policy`; undefined: the account has none, and AWS's minimum of 8 characters holds. */
export const passwordPolicySchema = z
  .object({
    PasswordPolicy: z
      .object({
        MinimumPasswordLength: z.number().default(6),
        RequireSymbols: on,
        RequireNumbers: on,
        RequireUppercaseCharacters: on,
        RequireLowercaseCharacters: on,
        PasswordReusePrevention: z.number().default(0),
        MaxPasswordAge: z.number().nullish(),
      })
      .nullish(),
  })
  .nullable()
  .transform((answer): PasswordPolicy | undefined => {
    const policy = answer?.PasswordPolicy;
    if (!policy) return undefined;
    return {
      minimumLength: policy.MinimumPasswordLength,
      requiresSymbols: policy.RequireSymbols,
      requiresNumbers: policy.RequireNumbers,
      requiresUppercase: policy.RequireUppercaseCharacters,
      requiresLowercase: policy.RequireLowercaseCharacters,
      reusePrevention: policy.PasswordReusePrevention,
      ...(policy.MaxPasswordAge ? { maxAgeDays: policy.MaxPasswordAge } : {}),
    };
  });

/** The contact that AWS writes to when it sees a security problem. */
export interface SecurityContact {
  readonly email: string;
}

/** Reads `account get-alternate-contact`; undefined: there is none. */
export const securityContactSchema = z
  .object({ AlternateContact: z.object({ EmailAddress: z.string() }).nullish() })
  .nullable()
  .transform((answer): SecurityContact | undefined =>
    answer?.AlternateContact ? { email: answer.AlternateContact.EmailAddress } : undefined,
  );

/** The features that centralise root access. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html */
export type RootFeature = 'RootCredentialsManagement' | 'RootSessions';

/**
 * Reads `iam list-organizations-features`: the features that are on; undefined where this account may not ask, which only the
 * management account and the delegated administrator of IAM may.
 */
export const rootFeaturesSchema = z
  .object({ EnabledFeatures: z.array(z.string()).default([]) })
  .nullable()
  .transform((answer): readonly string[] | undefined => answer?.EnabledFeatures);

/** The Organization that the account belongs to. */
export interface Organization {
  readonly id: string;
  readonly managementAccountId: string;
  /** Where in it the account lies, as `aws:PrincipalOrgPaths` tells it; absent where only the account itself was asked. */
  readonly path?: string;
  /** The services that the account administers for the whole Organization; absent where that is not known. */
  readonly administers?: readonly string[];
  /** The services that may act in every account of the Organization; absent where that is not known. */
  readonly trustedServices?: readonly string[];
}

/** Reads `organizations describe-organization`; undefined: the account is in none. */
export const organizationSchema = z
  .object({ Organization: z.object({ Id: z.string(), MasterAccountId: z.string() }).nullish() })
  .nullable()
  .transform((answer): Organization | undefined =>
    answer?.Organization ? { id: answer.Organization.Id, managementAccountId: answer.Organization.MasterAccountId } : undefined,
  );

/** An account of the Organization. */
export interface OrganizationAccount {
  readonly id: string;
  readonly name?: string;
  /** Whether it is in use, and not closed or on its way to be. */
  readonly active: boolean;
}

/**
 * Reads `organizations list-accounts`. `State` takes the place of `Status`, which AWS retired in September 2026.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
 */
export const organizationAccountsSchema = z
  .object({
    Accounts: z.array(
      z.object({ Id: z.string(), Name: z.string().nullish(), State: z.string().nullish(), Status: z.string().nullish() }),
    ),
  })
  .transform(({ Accounts }): readonly OrganizationAccount[] =>
    Accounts.map(({ Id, Name, State, Status }) => ({
      id: Id,
      ...(Name == null ? {} : { name: Name }),
      active: (State ?? Status ?? 'ACTIVE') === 'ACTIVE',
    })),
  );

/** A TLS certificate stored in IAM. */
export interface ServerCertificate {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly expiresAt?: Instant;
}

/** Reads `iam list-server-certificates`. */
export const serverCertificatesSchema = z
  .object({
    ServerCertificateMetadataList: z.array(
      z.object({
        ServerCertificateName: z.string(),
        ServerCertificateId: z.string(),
        Arn: z.string(),
        Expiration: instantSchema.nullish(),
      }),
    ),
  })
  .transform(({ ServerCertificateMetadataList }): readonly ServerCertificate[] =>
    ServerCertificateMetadataList.map((certificate) => ({
      name: certificate.ServerCertificateName,
      id: certificate.ServerCertificateId,
      arn: certificate.Arn,
      ...(certificate.Expiration == null ? {} : { expiresAt: certificate.Expiration }),
    })),
  );
