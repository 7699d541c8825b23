import { defineCheck, fail, pass, unknown } from '../check.ts';
import { keyFacts } from '../check-support/credentials/access-keys.ts';
import { keyHolders } from '../check-support/credentials/key-holders.ts';
import { joinList } from '../check-support/wording/wording.ts';
import { cli } from '../model/command.ts';

export default defineCheck({
  id: 'break-glass-without-password',
  title: 'Break-glass users should have a console password',
  severity: 'HIGH',
  rationale:
    'In an emergency a person signs in to the console with a sealed password and a hardware MFA device. An access key works without MFA, and a copy of it is not missed. Without any credential, the user does not help.',
  standards: { 'ISO 27001:2022': 'A.5.17, A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: keyFacts,
  select: (facts, { isBreakGlass }) => keyHolders(facts).filter(({ user }) => isBreakGlass(user)),
  judge: ({ user, row, keys, unseen }) => {
    // password-and-access-key reports a key beside the password.
    if (row?.passwordEnabled === true) return pass;
    if (row?.passwordEnabled !== false) return unknown('the credential report does not show whether the user has a password');
    if (unseen !== undefined) return unknown(unseen);
    const active = keys.filter((key) => key.active).map(({ resource }) => resource.name);
    if (active.length === 0)
      return fail(`Break-glass IAM user ${user.name} has no console password and no active access key`, {
        severity: 'MEDIUM',
        message: 'In an emergency it cannot sign in until another principal creates one.',
      });
    return fail(`Break-glass IAM user ${user.name} has an active access key and no console password`, {
      message: `Active access keys: ${joinList(active)}. Access keys work without MFA, unless a policy requires MFA.`,
      evidence: { keys: active },
    });
  },
  remediation: ({ user }) =>
    `Give the user a password and two FIDO2 security keys in the console, seal both in different places, and deactivate its access keys, if it has any: ${cli('iam list-access-keys', { 'user-name': user.name })}`,
});
