import { defineCheck, fail, pass, unknown } from '../check.ts';
import { daysSince, toIso } from '../model/instant.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { isRole, lastUse } from './subjects/last-use.ts';
import { powerOf } from './subjects/powers.ts';
import { explainCommand, principals } from './subjects/principals.ts';

export default defineCheck({
  id: 'admin-unused',
  title: 'Those who are admin, or can become it, are in use',
  severity: 'MEDIUM',
  rationale:
    'Nobody misses an admin that nobody uses, and nobody notices when somebody else begins to. What is for emergencies is named in the configuration and meant to lie unused.',
  standards: { 'NIST 800-53 r5': 'AC-2(3), AC-6(7)', 'ISO 27001:2022': 'A.5.18', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'credentialReport', 'access'],
  params: { maxUnusedDays: 90 },
  select: (facts, { isBreakGlass }) =>
    principals(facts).filter(({ identity, verdict }) => isAdminCapable(verdict) && !verdict.platform && !isBreakGlass(identity)),
  judge: ({ identity, label, verdict }, { credentialReport }, { now, params }) => {
    const { createdAt } = identity;
    // What is younger than the time allowed cannot have lain unused for longer, whatever else is known of it.
    if (createdAt !== undefined && daysSince(createdAt, now) <= params.maxUnusedDays) return pass;
    const use = lastUse(identity, credentialReport);
    if ('unseen' in use) return unknown(use.unseen);
    if ('never' in use) {
      const since = createdAt === undefined ? '' : ` (it was made ${daysSince(createdAt, now)} days ago)`;
      const window = isRole(identity) ? ' in the 400 days that AWS remembers' : '';
      return fail(`${label} ${powerOf(verdict)} and was never used${window}${since}.`, {
        evidence: createdAt === undefined ? {} : { created: toIso(createdAt) },
      });
    }
    const unused = daysSince(use.at, now);
    if (unused <= params.maxUnusedDays) return pass;
    return fail(`${label} ${powerOf(verdict)} and was last used ${unused} days ago.`, {
      evidence: { unusedDays: unused, lastUsed: toIso(use.at) },
    });
  },
  remediation: ({ verdict }) =>
    `Ask its owner, and take away what makes it admin, or all of it: ${explainCommand(verdict)} names the statements.`,
});
