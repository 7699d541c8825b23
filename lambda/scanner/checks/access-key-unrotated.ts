import { defineCheck, fail, pass, unknown } from '../check.ts';
import { daysSince } from '../model/instant.ts';
import { cli } from '../model/command.ts';
import { activeKeys, keyFacts } from '../check-support/credentials/access-keys.ts';

export default defineCheck({
  id: 'access-key-unrotated',
  title: 'IAM access keys should be rotated every 90 days or less',
  severity: 'MEDIUM',
  raisedForAdmins: true,
  rationale:
    'The longer an access key lives, the more copies of it exist: on laptops, in pipelines, in logs. Every copy works until the key is replaced.',
  standards: {
    'CIS AWS 3.0': '1.14',
    'CIS AWS 5.0': '1.13',
    'CIS AWS 7.0': '2.12',
    'AWS FSBP': 'IAM.3',
    'NIST 800-53 r5': 'AC-2(1), AC-3(15)',
    'PCI DSS 4.0': '8.3.9, 8.6.3',
  },
  needs: keyFacts,
  params: { maxAgeDays: 90 },
  select: activeKeys,
  judge: (key, _facts, { now, params }) => {
    if (key.unseen !== undefined) return unknown(key.unseen);
    const age = key.createdBefore === undefined ? undefined : daysSince(key.createdBefore, now);
    if (age !== undefined && age > params.maxAgeDays)
      return fail(`${key.label} is ${age} days old; the limit is ${params.maxAgeDays} days`, { evidence: { ageDays: age } });
    return key.createdAt === undefined ? unknown('the credential report does not show when the key was created') : pass;
  },
  remediation: ({ user }) =>
    `Replace the key with an IAM role. If that is not possible, create a second key, deploy it, then deactivate and delete this one: ${cli('iam create-access-key', { 'user-name': user.name })}`,
});
