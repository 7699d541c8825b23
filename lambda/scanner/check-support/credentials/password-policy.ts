import { cli } from '../../model/command.ts';
import type { PasswordPolicy } from '../../facts/password-policy.ts';

/** What a password policy must require. */
export interface PasswordDemands {
  readonly minimumLength: number;
  /** How many earlier passwords cannot be reused; 0: all can. */
  readonly reusePrevention: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  /** Days until passwords must expire; 0: they need not expire. */
  readonly maxAgeDays: number;
}

/** The requirements that a password policy does not meet, as phrases. */
export function shortfalls(policy: PasswordPolicy, demands: PasswordDemands): readonly string[] {
  const { minimumLength, reusePrevention, maxAgeDays } = policy;
  const isTooOld = demands.maxAgeDays > 0 && (maxAgeDays ?? Infinity) > demands.maxAgeDays;
  const found: readonly (readonly [isShort: boolean, text: string])[] = [
    [minimumLength < demands.minimumLength, `the minimum length is ${minimumLength} instead of ${demands.minimumLength}`],
    [
      reusePrevention < demands.reusePrevention,
      `reuse prevention covers ${reusePrevention} passwords instead of ${demands.reusePrevention}`,
    ],
    [demands.requireSymbols && !policy.requiresSymbols, 'no symbol is required'],
    [demands.requireNumbers && !policy.requiresNumbers, 'no number is required'],
    [demands.requireUppercase && !policy.requiresUppercase, 'no uppercase letter is required'],
    [demands.requireLowercase && !policy.requiresLowercase, 'no lowercase letter is required'],
    [
      isTooOld,
      maxAgeDays === undefined
        ? 'passwords never expire'
        : `passwords expire after ${maxAgeDays} days instead of ${demands.maxAgeDays}`,
    ],
  ];
  return found.filter(([isShort]) => isShort).map(([, text]) => text);
}

/** The command that sets a policy which meets the requirements and keeps the stricter settings of the current policy. */
export function passwordPolicyCommand(policy: PasswordPolicy | undefined, demands: PasswordDemands): string {
  const flags = [
    ...(demands.requireSymbols || policy?.requiresSymbols ? ['--require-symbols'] : []),
    ...(demands.requireNumbers || policy?.requiresNumbers ? ['--require-numbers'] : []),
    ...(demands.requireUppercase || policy?.requiresUppercase ? ['--require-uppercase-characters'] : []),
    ...(demands.requireLowercase || policy?.requiresLowercase ? ['--require-lowercase-characters'] : []),
  ];
  const ages = [demands.maxAgeDays, policy?.maxAgeDays ?? 0].filter((days) => days > 0);
  const reuse = Math.max(demands.reusePrevention, policy?.reusePrevention ?? 0);
  return cli(['iam update-account-password-policy', ...flags].join(' '), {
    'minimum-password-length': String(Math.max(demands.minimumLength, policy?.minimumLength ?? 0)),
    ...(reuse > 0 ? { 'password-reuse-prevention': String(reuse) } : {}),
    ...(ages.length > 0 ? { 'max-password-age': String(Math.min(...ages)) } : {}),
  });
}
