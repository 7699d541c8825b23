import { defineCheck, fail, pass, unknown } from '../check.ts';
import { daysSince, toIso } from '../model/instant.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { isRole, lastUse } from '../check-support/credentials/last-use.ts';
import { describeAdminLevel } from '../check-support/wording/admin-level.ts';
import { pathRemoval } from '../check-support/remediation/path-removal.ts';
import { principals } from '../check-support/principals/principals.ts';

export default defineCheck({
  id: 'admin-unused',
  title: 'Unused admin principals should be removed',
  severity: 'MEDIUM',
  rationale:
    'Unused admin principals can be taken over without being noticed. Break-glass identities that the configuration names are expected to be unused, and pass.',
  standards: { 'NIST 800-53 r5': 'AC-2(3), AC-6(7)', 'ISO 27001:2022': 'A.5.18', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'credentialReport', 'access'],
  params: { maxUnusedDays: 90 },
  select: (facts, { isBreakGlass }) =>
    principals(facts).filter(({ identity, verdict }) => isAdminCapable(verdict) && !verdict.platform && !isBreakGlass(identity)),
  judge: ({ identity, label, verdict }, { credentialReport }, { now, params }) => {
    const { createdAt } = identity;
    // A principal younger than the limit cannot have been unused for longer than the limit.
    if (createdAt !== undefined && daysSince(createdAt, now) <= params.maxUnusedDays) return pass;
    const use = lastUse(identity, credentialReport);
    if ('unseen' in use) return unknown(use.unseen);
    if ('never' in use) {
      const since = createdAt === undefined ? [] : [`It was created ${daysSince(createdAt, now)} days ago.`];
      const window = isRole(identity) ? ['AWS records the last use of a role for 400 days.'] : [];
      const facts = [...since, ...window];
      return fail(`${label} ${describeAdminLevel(verdict)} and has no recorded use`, {
        ...(facts.length > 0 ? { message: facts.join(' ') } : {}),
        evidence: createdAt === undefined ? {} : { created: toIso(createdAt) },
      });
    }
    const unused = daysSince(use.at, now);
    if (unused <= params.maxUnusedDays) return pass;
    return fail(`${label} ${describeAdminLevel(verdict)} and was last used ${unused} days ago`, {
      evidence: { unusedDays: unused, lastUsed: toIso(use.at) },
    });
  },
  remediation: (subject) =>
    `Ask the owner whether it is still needed. If not, delete it. If it is needed without administrator access, remove that access. ${pathRemoval(subject)}`,
});
