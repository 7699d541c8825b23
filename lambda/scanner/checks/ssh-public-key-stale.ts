import { type Subject, defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import type { SshPublicKey } from '../facts/ssh-public-keys.ts';
import type { User } from '../facts/identity.ts';
import { daysSince } from '../model/instant.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { describeUserAdminLevel } from '../check-support/credentials/sign-in.ts';
import { userResource } from '../check-support/credentials/users.ts';

interface SshSubject extends Subject {
  readonly user: User;
  readonly power: string;
  readonly key: SshPublicKey | { readonly unseen: string };
}

export default defineCheck({
  id: 'ssh-public-key-stale',
  title: 'SSH public keys of administrators should be rotated every 90 days or less',
  severity: 'MEDIUM',
  rationale:
    'An SSH key of an IAM user can push code to CodeCommit, and pipelines deploy that code. The key works without MFA, and AWS does not show when it was last used.',
  standards: { 'NIST 800-53 r5': 'AC-2(1), IA-5', 'ISO 27001:2022': 'A.5.17', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access', 'sshPublicKeys'],
  params: { maxAgeDays: 90 },
  select: ({ identities, access, sshPublicKeys }): readonly SshSubject[] =>
    identities.users.flatMap((user): readonly SshSubject[] => {
      const verdict = access.get(user.arn);
      if (!verdict || !isAdminCapable(verdict)) return [];
      const power = describeUserAdminLevel(verdict);
      const listed = sshPublicKeys.get(user.name);
      if (listed?.status !== 'collected')
        return [
          { resource: userResource(user), user, power, key: { unseen: listed?.reason ?? 'its SSH public keys were not listed' } },
        ];
      return listed.value
        .filter(({ active }) => active)
        .map((key) => ({ resource: { ...userResource(user), id: `${user.id}/${key.id}` }, user, power, key }));
    }),
  judge: ({ user, power, key }, _facts, { now, params }) => {
    if ('unseen' in key) return unknown(key.unseen);
    const ageDays = daysSince(key.uploadedAt, now);
    if (ageDays <= params.maxAgeDays) return pass;
    return fail(`IAM user ${user.name} ${power} and has an SSH public key that is ${ageDays} days old`, {
      message: `Key ${key.id} is older than ${params.maxAgeDays} days. It can push code to CodeCommit in the name of the user, without MFA.`,
      evidence: { key: key.id, ageDays },
    });
  },
  remediation: ({ user, key }) => {
    const command =
      'unseen' in key
        ? cli('iam list-ssh-public-keys', { 'user-name': user.name })
        : cli('iam update-ssh-public-key', { 'user-name': user.name, 'ssh-public-key-id': key.id, status: 'Inactive' });
    return `Use git-remote-codecommit with an IAM role instead. Then deactivate the key, and delete it later if nothing breaks: ${command}`;
  },
});
