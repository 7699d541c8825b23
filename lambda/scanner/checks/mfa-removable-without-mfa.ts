import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { type DeviceControl, dependsOnMfa, onItself, onOthers } from '../check-support/credentials/mfa-device-control.ts';
import { type MfaUser, mfaFacts, mfaUsers } from '../check-support/credentials/mfa-users.ts';
import { memoizeByFacts } from '../check-support/principals/memoize-by-facts.ts';
import { canSignIn, hasActiveKey } from '../check-support/credentials/sign-in.ts';
import { unreadPolicies } from '../check-support/principals/unread-policies.ts';
import { statementEvidence } from '../check-support/wording/statement-evidence.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';

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

const DEACTIVATE = 'iam:DeactivateMFADevice';
const ENROLL = 'iam:EnableMFADevice';

/** The report tells whether a user has a device where its devices were not listed. */
const hasDevice = ({ serialNumbers, complete, row }: MfaUser) =>
  serialNumbers.length > 0 || (!complete && row?.mfaActive === true);
const hasNone = ({ serialNumbers, complete }: MfaUser) => complete && serialNumbers.length === 0;
const mayHaveNone = (subject: MfaUser) => !hasDevice(subject) && !hasNone(subject);

/** The users whose devices others may change, by name. */
const targets = memoizeByFacts(mfaFacts, (facts) => {
  const those = (applies: (subject: MfaUser) => boolean) =>
    new Map(mfaUsers(facts).flatMap((subject) => (applies(subject) ? [[subject.user.name, subject] as const] : [])));
  return {
    withDevice: those(hasDevice),
    withoutDevice: those((subject) => hasNone(subject) && canSignIn(subject)),
    unlisted: those(mayHaveNone),
  };
});

export default defineCheck({
  id: 'mfa-removable-without-mfa',
  title: 'IAM users should need MFA to deactivate the MFA devices of other users',
  severity: 'HIGH',
  rationale:
    'A stolen access key works without MFA. If it can deactivate the MFA device of another user, or enroll the first device of a user, an attacker gets past policies that require MFA. A user with a device cannot change its own devices without MFA: AWS refuses that.',
  standards: { 'NIST 800-53 r5': 'IA-2(1), IA-5', 'ISO 27001:2022': 'A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: [...mfaFacts, 'access'],
  select: (facts) => mfaUsers(facts).filter(canSignIn),
  judge: (subject, facts, context) => {
    const { user, unseen } = subject;
    const account = context.account();
    const principal = account.principalsByArn.get(user.arn);
    if (!principal) return unknown('its policies are not in the snapshot');
    const unread = unreadPolicies(principal);
    if (unread.length > 0) return unknown(`${unread.join(', ')} could not be read`);
    const { withDevice, withoutDevice, unlisted } = targets(facts);
    const on = (action: string, users: ReadonlyMap<string, MfaUser>) => onOthers(account, principal, action, users);
    const removes = on(DEACTIVATE, withDevice);
    const enrolls = on(ENROLL, withoutDevice);
    const first = hasDevice(subject) ? undefined : onItself(account, principal, ENROLL);
    const own = first && dependsOnMfa(account, principal) ? first : undefined;
    // Without an active key, a user with a device has to use it at console sign-in.
    const isLatent = !hasActiveKey(subject) && !hasNone(subject);
    const control = removes ?? (own && hasNone(subject) ? own : enrolls);
    if (control === undefined) {
      const unsure = on(DEACTIVATE, unlisted) ?? on(ENROLL, unlisted);
      if (unsure) return unknown(`the MFA devices of ${summarizeList(unsure.names)} were not listed`);
      return own && mayHaveNone(subject) ? unknown(unseen ?? 'its MFA devices were not listed') : pass;
    }
    return fail(`IAM user ${user.name} can ${deed(control, { removes, enrolls })} without MFA`, {
      ...(isLatent
        ? { message: 'This needs an access key, and the user has no active one now.' }
        : control === own
          ? {}
          : { message: `Users: ${summarizeList(control.names)}.` }),
      severity: isLatent ? 'LOW' : control === enrolls ? 'MEDIUM' : 'HIGH',
      evidence: { users: control.names, statements: statementEvidence(control.grant.statements) },
    });
  },
  remediation: (subject) => {
    const first = hasNone(subject)
      ? 'Have the user enroll an MFA device now: after that, AWS refuses to enroll another one without MFA. '
      : '';
    const command = cli('iam put-user-policy', {
      'user-name': subject.user.name,
      'policy-name': 'DenyDeactivateMFAWithoutMFA',
      'policy-document': denial,
    });
    return `${first}Allow iam:EnableMFADevice only on the user itself: Resource arn:aws:iam::*:user/\${aws:username}. Deny the user iam:DeactivateMFADevice without MFA. Use BoolIfExists: Bool alone does not stop access keys, because their requests do not have aws:MultiFactorAuthPresent. Command: ${command}`;
  },
});

type Controls = Readonly<Record<'removes' | 'enrolls', DeviceControl | undefined>>;

function deed(control: DeviceControl, { removes, enrolls }: Controls): string {
  if (control === removes) return 'deactivate the MFA devices of other users';
  return control === enrolls ? 'enroll the first MFA device of other users' : 'enroll its first MFA device';
}
