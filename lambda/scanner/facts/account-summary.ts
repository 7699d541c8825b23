import { z } from 'zod';
import type { Fact } from './fact.ts';

/** The counters of `iam get-account-summary` that the checks read; they are live, unlike the credential report. */
export interface AccountSummary {
  readonly rootHasAccessKey: boolean;
  readonly rootHasMfa: boolean;
  /** Absent where AWS does not say (an older answer, or a saved file without it). */
  readonly rootHasPassword?: boolean;
  /** Absent where AWS does not say. */
  readonly rootHasSigningCertificate?: boolean;
  readonly users?: number;
  /** Devices of users and of root together, of all kinds. */
  readonly mfaDevicesInUse?: number;
  readonly serverCertificates?: number;
  /** SAML and OpenID Connect providers together. */
  readonly identityProviders?: number;
}

/** The counters that are read. The quotas, and whatever AWS adds, cost nothing. */
const readCounters = [
  'AccountAccessKeysPresent',
  'AccountMFAEnabled',
  'AccountPasswordPresent',
  'AccountSigningCertificatesPresent',
  'Users',
  'MFADevicesInUse',
  'ServerCertificates',
  'Providers',
];

/** Reads `iam get-account-summary`. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
export const accountSummarySchema = z
  .object({ SummaryMap: z.record(z.string(), z.unknown()) })
  .transform(({ SummaryMap }) => ({ SummaryMap: Object.fromEntries(readCounters.map((name) => [name, SummaryMap[name]])) }))
  .pipe(z.object({ SummaryMap: z.record(z.string(), z.number().optional()) }))
  .transform(({ SummaryMap: map }, context): AccountSummary => {
    for (const key of ['AccountAccessKeysPresent', 'AccountMFAEnabled'])
      if (map[key] === undefined) context.addIssue({ code: 'custom', message: `is missing ${key}` });
    return {
      rootHasAccessKey: map['AccountAccessKeysPresent'] !== 0,
      rootHasMfa: map['AccountMFAEnabled'] === 1,
      ...(map['AccountPasswordPresent'] === undefined ? {} : { rootHasPassword: map['AccountPasswordPresent'] === 1 }),
      ...(map['AccountSigningCertificatesPresent'] === undefined
        ? {}
        : { rootHasSigningCertificate: map['AccountSigningCertificatesPresent'] > 0 }),
      ...(map['Users'] === undefined ? {} : { users: map['Users'] }),
      ...(map['MFADevicesInUse'] === undefined ? {} : { mfaDevicesInUse: map['MFADevicesInUse'] }),
      ...(map['ServerCertificates'] === undefined ? {} : { serverCertificates: map['ServerCertificates'] }),
      ...(map['Providers'] === undefined ? {} : { identityProviders: map['Providers'] }),
    };
  });

/** What `iam get-account-summary` prints. */
export const accountSummary = {
  name: 'accountSummary',
  schema: accountSummarySchema,
  actions: ['iam:GetAccountSummary'],
  awsCliFile: 'account-summary.json',
  dependsOn: [],
} as const satisfies Fact;
