import type { Grant } from '../iam/authorization-result.ts';
import { targetContextKeys } from '../iam/target-keys.ts';
import { can } from '../iam/authorization.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { byAccessKey, inSessionWithoutMfa } from '../check-support/credentials/mfa-condition-keys.ts';
import { mfaFacts, mfaUsers } from '../check-support/credentials/mfa-users.ts';
import { compiledAccount } from '../check-support/principals/compiled-account.ts';
import { canSignIn, hasActiveKey } from '../check-support/credentials/sign-in.ts';
import { statementEvidence } from '../check-support/wording/statement-evidence.ts';

const denial = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Action: 'iam:DeactivateMFADevice',
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    },
  ],
});

export default defineCheck({
  id: 'mfa-removable-without-mfa',
  title: 'IAM users should need MFA to deactivate their own MFA device',
  severity: 'HIGH',
  rationale:
    'A stolen access key works without MFA. If it can deactivate the MFA device of its user, an attacker can remove the MFA protection of the user.',
  standards: { 'NIST 800-53 r5': 'IA-2(1), IA-5', 'ISO 27001:2022': 'A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: mfaFacts,
  select: (facts) =>
    mfaUsers(facts).filter((subject) => (!subject.complete || subject.serialNumbers.length > 0) && canSignIn(subject)),
  judge: (subject, facts, context) => {
    const { user, serialNumbers, unseen } = subject;
    const account = compiledAccount(facts, context);
    const principal = account.principalsByArn.get(user.arn);
    if (!principal) return unknown('its policies are not in the snapshot');
    if (principal.unreadable.length > 0) return unknown(`${principal.unreadable.join(', ')} could not be read`);
    const may = (action: string) =>
      [byAccessKey, inSessionWithoutMfa]
        .map((keys) => can(account, principal, action, principal.arn, targetContextKeys(principal, keys)))
        .find((answer): answer is Grant => answer.kind === 'granted' && answer.certain);
    const removal = may('iam:DeactivateMFADevice');
    if (!removal) return pass;
    if (serialNumbers.length === 0) return unknown(unseen ?? 'its MFA devices were not listed');
    const removes = may('iam:EnableMFADevice') ? 'deactivate and replace' : 'deactivate';
    // A user with a device has to use it at console sign-in, so only access keys open sessions without MFA.
    const isLatent = !hasActiveKey(subject);
    return fail(`IAM user ${user.name} can ${removes} its own MFA device without MFA`, {
      ...(isLatent ? { message: 'This needs an access key, and the user has no active one now.' } : {}),
      severity: isLatent ? 'LOW' : 'HIGH',
      evidence: {
        devices: serialNumbers,
        statements: statementEvidence(removal.statements),
      },
    });
  },
  remediation: ({ user }) =>
    `Deny the user iam:DeactivateMFADevice without MFA. Use BoolIfExists: Bool alone does not stop access keys, because their requests do not have aws:MultiFactorAuthPresent. Command: ${cli('iam put-user-policy', { 'user-name': user.name, 'policy-name': 'DenyDeactivateMFAWithoutMFA', 'policy-document': denial })}`,
});
