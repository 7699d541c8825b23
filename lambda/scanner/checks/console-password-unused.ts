import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { daysSince, toIso } from '../model/instant.ts';
import { consoleUsers } from '../check-support/credentials/users.ts';

export default defineCheck({
  id: 'console-password-unused',
  title: 'Unused console passwords should be removed',
  severity: 'MEDIUM',
  rationale: 'When the owner no longer uses a password, no one notices when an attacker signs in with it.',
  standards: {
    'NIST 800-53 r5': 'AC-2, AC-2(1), AC-2(3), AC-3, AC-3(7), AC-3(15), AC-6',
    'PCI DSS 4.0': '8.2.6',
    'ISO 27001:2022': 'A.5.18',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: ['identities', 'credentialReport'],
  params: { maxUnusedDays: 45 },
  select: (facts, { isBreakGlass }) => consoleUsers(facts).filter(({ user }) => !isBreakGlass(user)),
  judge: ({ user, row }, _facts, { now, params }) => {
    if (!row) return unknown('the user is newer than the credential report');
    if (row.passwordEnabled !== true) return unknown('the credential report does not show whether the user has a password');
    if (row.passwordLastUsed === 'unsupported')
      return unknown('the credential report does not show when the password was last used');
    const neverUsed = row.passwordLastUsed === 'never';
    // A password can be set long after the user was created, so the age of the user says little.
    const set = typeof row.passwordLastChanged === 'number' ? row.passwordLastChanged : user.createdAt;
    const since = row.passwordLastUsed === 'never' ? set : row.passwordLastUsed;
    if (since === undefined) return unknown('AWS does not show when the password was set');
    const unused = daysSince(since, now);
    if (unused <= params.maxUnusedDays) return pass;
    return fail(
      neverUsed
        ? `IAM user ${user.name} has a console password that was set ${unused} days ago and never used`
        : `IAM user ${user.name} has a console password that was last used ${unused} days ago`,
      { evidence: { unusedDays: unused, [neverUsed ? 'set' : 'lastUsed']: toIso(since) } },
    );
  },
  remediation: ({ user }) =>
    `Remove the password. The user keeps its access keys, and a new password can be set later: ${cli('iam delete-login-profile', { 'user-name': user.name })}`,
});
