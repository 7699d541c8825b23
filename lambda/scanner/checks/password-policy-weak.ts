import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass } from '../model/check.ts';
import { type PasswordDemands, passwordPolicyCommand, shortfalls } from './subjects/password-demands.ts';

// Length and reuse are what CIS demands, and the kinds of characters what AWS Foundational Security Best Practices does; neither
// demands that passwords expire. https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-7
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
  title: 'The password policy demands strong passwords of IAM users',
  severity: 'MEDIUM',
  rationale: 'The policy is all that keeps users from short and reused passwords; without one AWS asks for eight characters.',
  standards: {
    'CIS AWS 3.0': '1.8, 1.9',
    'CIS AWS 5.0': '1.7, 1.8',
    'CIS AWS 7.0': '2.8, 2.9',
    'AWS FSBP': 'IAM.7',
    'NIST 800-53 r5': 'AC-2(1), AC-2(3), AC-3(15), IA-5(1)',
    'PCI DSS 4.0': '8.3.6, 8.3.7, 8.6.3',
    'ISO 27001:2022': 'A.5.17',
  },
  needs: ['passwordPolicy'],
  params: { ...params },
  select: ({ passwordPolicy }, context) => [{ ...accountSubject(context), policy: passwordPolicy }],
  judge: ({ policy }, _facts, { accountId, params: demands }) => {
    if (!policy) return fail(`Account ${accountId} has no password policy: eight characters will do.`);
    const found = shortfalls(policy, demands);
    if (found.length === 0) return pass;
    return fail(`The password policy of account ${accountId} is weak: ${found.join('; ')}.`, { evidence: { shortfalls: found } });
  },
  remediation: ({ policy }, { params: demands }) =>
    `Passwords stay valid until their next change, which must then meet the policy; an expiry, where one is set, counts at once. What the command leaves out is switched off; add --allow-users-to-change-password and --hard-expiry where they are on: ${passwordPolicyCommand(policy, demands)}`,
});
