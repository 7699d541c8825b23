import { z } from 'zod';
import type { Fact } from './fact.ts';

/** The password policy of the account; settings that AWS omits are off. */
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

const on = z
  .boolean()
  .nullish()
  .transform((setting) => setting ?? false);
const numberOr = (omitted: number) =>
  z
    .number()
    .nullish()
    .transform((setting) => setting ?? omitted);

/** Reads `iam get-account-password-policy`; undefined: the account has none, and the default minimum of 8 characters applies. */
export const passwordPolicySchema = z
  .object({
    PasswordPolicy: z.object({
      MinimumPasswordLength: numberOr(6),
      RequireSymbols: on,
      RequireNumbers: on,
      RequireUppercaseCharacters: on,
      RequireLowercaseCharacters: on,
      PasswordReusePrevention: numberOr(0),
      MaxPasswordAge: z.number().nullish(),
    }),
  })
  .nullable()
  .transform((answer): PasswordPolicy | undefined => {
    if (answer === null) return undefined;
    const { PasswordPolicy: policy } = answer;
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

/** What `iam get-account-password-policy` prints; `null`: the account has none. */
export const passwordPolicy = {
  name: 'passwordPolicy',
  schema: passwordPolicySchema,
  actions: ['iam:GetAccountPasswordPolicy'],
  awsCliFile: 'password-policy.json',
  dependsOn: [],
} as const satisfies Fact;
