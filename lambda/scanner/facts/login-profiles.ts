import { z } from 'zod';
import { byItem } from './by-item.ts';
import type { Fact } from './fact.ts';

/** The console password of a user. */
export interface LoginProfile {
  /** The maximum duration of a sign-in session, in seconds; absent where the user has no such setting. */
  readonly signInSeconds?: number;
}

/** Reads `iam get-login-profile` of one user; undefined: the user has no password. AWS leaves out a setting that is not set. */
export const loginProfilesSchema = z
  .object({ LoginProfile: z.object({ MaxSigninSessionDuration: z.number().nullish() }).nullable() })
  .transform(({ LoginProfile }): LoginProfile | undefined => {
    if (LoginProfile === null) return undefined;
    const seconds = LoginProfile.MaxSigninSessionDuration;
    return seconds == null ? {} : { signInSeconds: seconds };
  });

/** What `iam get-login-profile` prints, by user name. */
export const loginProfiles = {
  name: 'loginProfiles',
  schema: byItem(loginProfilesSchema),
  actions: ['iam:GetLoginProfile'],
  awsCliFile: { folder: 'login-profiles' },
  dependsOn: ['identities', 'credentialReport', 'access'],
} as const satisfies Fact;
