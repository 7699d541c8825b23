import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import { cli } from '../model/command.ts';
import { keyFacts } from './subjects/access-keys.ts';
import { keyHolders } from './subjects/key-holders.ts';
import { listed, reported } from './subjects/wording.ts';

export default defineCheck({
  id: 'password-and-access-key',
  title: 'Users sign in either to the console or with an access key',
  severity: 'LOW',
  rationale:
    'A user for people and a user for programs need different rights and different guards. One that is both has the rights of both, and its key is asked for no MFA.',
  standards: { 'ISO 27001:2022': 'A.5.17', NIS2: 'Art. 21(2)(i)' },
  needs: keyFacts,
  select: (facts) => keyHolders(facts).filter(({ row }) => row?.passwordEnabled !== false),
  judge: ({ user, row, keys, unseen }) => {
    if (unseen !== undefined) return unknown(unseen);
    const active = keys.filter((key) => key.active).map(({ resource }) => resource.name);
    if (active.length === 0) return pass;
    if (row?.passwordEnabled !== true) return unknown('the credential report does not tell whether the user has a password');
    return fail(`User ${user.name} has a console password and an active access key: ${listed(active)}.`, {
      evidence: { keys: active, passwordLastUsed: reported(row.passwordLastUsed) },
    });
  },
  remediation: ({ user, row }) =>
    `Give people roles through IAM Identity Center. Where the user belongs to a program, remove its password (last used: ${row ? reported(row.passwordLastUsed) : 'unknown'}): ${cli('iam delete-login-profile', { 'user-name': user.name })}`,
});
