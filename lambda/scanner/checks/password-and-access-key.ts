import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { keyFacts } from '../check-support/credentials/access-keys.ts';
import { keyHolders } from '../check-support/credentials/key-holders.ts';
import { joinList, formatReportDate } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'password-and-access-key',
  title: 'IAM users should not have both a console password and access keys',
  severity: 'LOW',
  rationale:
    'People and programs need different permissions and different protection. A user that both share has the permissions of both, and its access key works without MFA.',
  standards: { 'ISO 27001:2022': 'A.5.17', NIS2: 'Art. 21(2)(i)' },
  needs: keyFacts,
  select: (facts) => keyHolders(facts).filter(({ row }) => row?.passwordEnabled !== false),
  judge: ({ user, row, keys, unseen }, _facts, { isBreakGlass }) => {
    if (unseen !== undefined) return unknown(unseen);
    const active = keys.filter((key) => key.active).map(({ resource }) => resource.name);
    if (active.length === 0) return pass;
    if (row?.passwordEnabled !== true) return unknown('the credential report does not show whether the user has a password');
    const isForEmergencies = isBreakGlass(user);
    return fail(`IAM user ${user.name} has a console password and an active access key`, {
      ...(isForEmergencies ? { severity: 'HIGH' } : {}),
      message: `Active access keys: ${joinList(active)}.${isForEmergencies ? ' A break-glass user needs no access key.' : ''}`,
      evidence: { keys: active, passwordLastUsed: formatReportDate(row.passwordLastUsed) },
    });
  },
  remediation: ({ user, row }) =>
    `If a person uses the user, give that person access through IAM Identity Center and delete the user. If a program uses it, remove the password (last used: ${row ? formatReportDate(row.passwordLastUsed) : 'unknown'}): ${cli('iam delete-login-profile', { 'user-name': user.name })}`,
});
