import { defineCheck, fail, pass, unknown } from '../check.ts';
import { daysSince } from '../model/instant.ts';
import { keyFacts, keysByUser } from '../check-support/credentials/access-keys.ts';
import { deletion } from '../check-support/remediation/key-commands.ts';
import { formatReportDate } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'access-key-inactive-kept',
  title: 'Inactive access keys should be deleted',
  severity: 'LOW',
  rationale:
    'An inactive key is one API call away from being active, and its copies then work again. A deleted key never works again.',
  standards: { 'NIST 800-53 r5': 'AC-2(3)', 'ISO 27001:2022': 'A.5.18', NIS2: 'Art. 21(2)(i)' },
  needs: keyFacts,
  params: { maxInactiveDays: 90 },
  select: (facts) =>
    keysByUser(facts)
      .flat()
      .filter((key) => key.unseen !== undefined || !key.active),
  judge: (key, _facts, { now, params }) => {
    if (key.unseen !== undefined) return unknown(key.unseen);
    // AWS does not say when a key was deactivated: not before it was created or last used.
    const isRecent = (since: number | undefined) => since !== undefined && daysSince(since, now) <= params.maxInactiveDays;
    const { lastUsed, createdBefore } = key;
    if (isRecent(createdBefore) || (lastUsed !== 'never' && isRecent(lastUsed))) return pass;
    if (lastUsed === undefined) return unknown('AWS did not show when the key was last used');
    const use = lastUsed === 'never' ? 'was never used' : `was last used ${daysSince(lastUsed, now)} days ago`;
    return fail(`${key.label} is inactive and ${use}`, { evidence: { lastUsed: formatReportDate(lastUsed) } });
  },
  remediation: (key) => `If nothing broke since the key was deactivated, delete it: ${deletion(key)}`,
});
