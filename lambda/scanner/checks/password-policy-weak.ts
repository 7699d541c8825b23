import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass } from '../check.ts';
import { type PasswordDemands, passwordPolicyCommand, shortfalls } from '../check-support/credentials/password-policy.ts';

// CIS requires the length and the ban on reuse; AWS Foundational Security Best Practices requires the character types. Neither
// requires that passwords expire. https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-7
const params: PasswordDemands = {
  minimumLength: 14,
  reusePrevention: 24,
  requireSymbols: true,
  requireNumbers: true,
  requireUppercase: true,
  requireLowercase: true,
  maxAgeDays: 0,
};

export default defineCheck({
  id: 'password-policy-weak',
  title: 'IAM password policy should require strong passwords',
  severity: 'MEDIUM',
  rationale:
    'Only the password policy stops IAM users from choosing short passwords or reusing old ones. Without a policy, AWS requires only eight characters.',
  standards: {
    'NIST 800-53 r5': 'AC-2(1), AC-2(3), AC-3(15), IA-5(1)',
    'PCI DSS 4.0': '8.3.6, 8.3.7, 8.6.3',
    'ISO 27001:2022': 'A.5.17',
  },
  needs: ['passwordPolicy'],
  params: { ...params },
  select: ({ passwordPolicy }, context) => [{ ...accountSubject(context), policy: passwordPolicy }],
  judge: ({ policy }, _facts, { accountId, params: demands }) => {
    if (!policy)
      return fail(`Account ${accountId} has no IAM password policy`, {
        message: 'The AWS default applies: passwords need only eight characters, and old passwords can be reused.',
      });
    const found = shortfalls(policy, demands);
    if (found.length === 0) return pass;
    return fail(`Account ${accountId} has a weak IAM password policy`, {
      message: `Shortfalls: ${found.join('; ')}.`,
      evidence: { shortfalls: found },
    });
  },
  remediation: ({ policy }, { params: demands }) =>
    `Set a stronger password policy. Existing passwords stay valid until they are changed, but an expiry applies at once. The command turns off every option that it does not name. Add --allow-users-to-change-password or --hard-expiry if it is on today: ${passwordPolicyCommand(policy, demands)}`,
});
