import { defineCheck, fail, pass, unknown } from '../check.ts';
import { daysSince } from '../model/instant.ts';
import { cli } from '../model/command.ts';
import { isSeen, keyFacts } from '../check-support/credentials/access-keys.ts';
import { keysWithSiblings } from '../check-support/credentials/key-siblings.ts';
import { deactivation } from '../check-support/remediation/key-commands.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'access-key-unrotated',
  title: 'IAM access keys should be rotated every 90 days or less',
  severity: 'MEDIUM',
  raisedForAdmins: true,
  rationale:
    'The longer an access key lives, the more copies of it exist: on laptops, in pipelines, in logs. Every copy works until the key is replaced.',
  standards: {
    'NIST 800-53 r5': 'AC-2(1), AC-3(15)',
    'PCI DSS 4.0': '8.3.9, 8.6.3',
  },
  needs: keyFacts,
  params: { maxAgeDays: 90 },
  select: keysWithSiblings,
  judge: (key, _facts, { now, params }) => {
    if (key.unseen !== undefined) return unknown(key.unseen);
    const age = key.createdBefore === undefined ? undefined : daysSince(key.createdBefore, now);
    if (age !== undefined && age > params.maxAgeDays)
      return fail(`${key.label} is ${age} days old; the limit is ${params.maxAgeDays} days`, { evidence: { ageDays: age } });
    return key.createdAt === undefined ? unknown('the credential report does not show when the key was created') : pass;
  },
  remediation: (key) => {
    const others = isSeen(key) ? key.siblings.map(({ resource }) => resource.name) : [];
    // IAM allows two access keys, active or not.
    const next =
      others.length === 0
        ? `create a second key (${cli('iam create-access-key', { 'user-name': key.user.name })}) and deploy it`
        : `deploy the user's other key (${joinList(others)}) if it is newer and yours; otherwise delete it and create a new one, because a user can have only two keys`;
    return `Replace the key with an IAM role. If that is not possible, ${next}. Then deactivate this key, and delete it later if nothing breaks: ${deactivation(key)}`;
  },
});
