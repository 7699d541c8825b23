import type { Grant } from '../access/answer.ts';
import { aboutTarget } from '../access/target-keys.ts';
import { can } from '../access/authorize.ts';
import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import { byAccessKey, inSessionWithoutMfa } from './subjects/mfa-keys.ts';
import { mfaFacts, mfaUsers } from './subjects/mfa-users.ts';
import { openedAccount } from './subjects/opened-account.ts';
import { canSignIn, hasActiveKey } from './subjects/sign-in.ts';
import { statementEvidence } from './subjects/statement-evidence.ts';

export default defineCheck({
  id: 'mfa-removable-without-mfa',
  title: 'Users need MFA to remove their own MFA device',
  severity: 'HIGH',
  rationale:
    'A stolen access key is a session without MFA. If that is enough to deactivate the device of the user, the thief also takes away what stands before everything that asks for MFA.',
  standards: { 'NIST 800-53 r5': 'IA-2(1), IA-5', 'ISO 27001:2022': 'A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: mfaFacts,
  select: (facts) =>
    mfaUsers(facts).filter((subject) => (!subject.complete || subject.serialNumbers.length > 0) && canSignIn(subject)),
  judge: (subject, facts, context) => {
    const { user, serialNumbers, unseen } = subject;
    const account = openedAccount(facts, context);
    const actor = account.actorsByArn.get(user.arn);
    if (!actor) return unknown('its policies are not in the snapshot');
    if (actor.unreadable.length > 0) return unknown(`${actor.unreadable.join(', ')} could not be read`);
    const may = (action: string) =>
      [byAccessKey, inSessionWithoutMfa]
        .map((keys) => can(account, actor, action, actor.arn, aboutTarget(actor, keys)))
        .find((answer): answer is Grant => answer.kind === 'granted' && answer.certain);
    const removal = may('iam:DeactivateMFADevice');
    if (!removal) return pass;
    if (serialNumbers.length === 0) return unknown(unseen ?? 'its MFA devices were not listed');
    const more = may('iam:EnableMFADevice') ? ' and put another in its place' : '';
    // Who has a device and signs in with a password is asked for it: only access keys make sessions without MFA.
    const isLatent = !hasActiveKey(subject);
    const latent = isLatent ? '; it has no access key, which such a session takes' : '';
    return fail(`User ${user.name} may deactivate its own MFA device${more} in a session without MFA${latent}.`, {
      severity: isLatent ? 'LOW' : 'HIGH',
      evidence: {
        devices: serialNumbers,
        statements: statementEvidence(removal.statements),
      },
    });
  },
  remediation: ({ user }) =>
    `Deny iam:DeactivateMFADevice to user ${user.name} with the condition "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" }; Bool alone does not stop access keys, whose requests do not have the key.`,
});
