import { z } from 'zod';
import type { Fact } from './fact.ts';

/** The counters of `iam get-account-summary` that the checks read; they are live, unlike the credential report. */
export interface AccountSummary {
  /** Absent where AWS does not say, or it cannot be read; so are the others. */
  readonly rootHasAccessKey?: boolean;
  readonly rootHasMfa?: boolean;
  readonly rootHasPassword?: boolean;
  readonly rootHasSigningCertificate?: boolean;
  readonly users?: number;
  readonly groups?: number;
  readonly roles?: number;
  /** Customer managed policies. */
  readonly policies?: number;
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
  'Groups',
  'Roles',
  'Policies',
  'MFADevicesInUse',
  'ServerCertificates',
  'Providers',
];

/** Reads `iam get-account-summary`. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
export const accountSummarySchema = z
  .object({ SummaryMap: z.record(z.string(), z.unknown()) })
  .transform(({ SummaryMap }, context): AccountSummary => {
    const counts = new Map(readCounters.flatMap((name) => countIn(name, SummaryMap[name])));
    if (counts.size === 0) context.addIssue({ code: 'custom', message: 'has no counter' });
    const flag = (key: keyof AccountSummary, counter: string, isSet: (count: number) => boolean) => {
      const count = counts.get(counter);
      return count === undefined ? {} : { [key]: isSet(count) };
    };
    const number = (key: keyof AccountSummary, counter: string) => {
      const count = counts.get(counter);
      return count === undefined ? {} : { [key]: count };
    };
    return {
      ...flag('rootHasAccessKey', 'AccountAccessKeysPresent', (count) => count !== 0),
      ...flag('rootHasMfa', 'AccountMFAEnabled', (count) => count === 1),
      ...flag('rootHasPassword', 'AccountPasswordPresent', (count) => count === 1),
      ...flag('rootHasSigningCertificate', 'AccountSigningCertificatesPresent', (count) => count > 0),
      ...number('users', 'Users'),
      ...number('groups', 'Groups'),
      ...number('roles', 'Roles'),
      ...number('policies', 'Policies'),
      ...number('mfaDevicesInUse', 'MFADevicesInUse'),
      ...number('serverCertificates', 'ServerCertificates'),
      ...number('identityProviders', 'Providers'),
    };
  });

const countIn = (name: string, value: unknown): readonly (readonly [string, number])[] =>
  typeof value === 'number' ? [[name, value]] : [];

/** What `iam get-account-summary` prints. */
export const accountSummary = {
  name: 'accountSummary',
  schema: accountSummarySchema,
  actions: ['iam:GetAccountSummary'],
  awsCliFile: 'account-summary.json',
  dependsOn: [],
} as const satisfies Fact;
