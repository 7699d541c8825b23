import { defineCheck, fail, pass, unknown } from '../check.ts';
import { daysSince, toIso } from '../model/instant.ts';
import { activeKeys, keyFacts } from '../check-support/credentials/access-keys.ts';
import { deactivation } from '../check-support/remediation/key-commands.ts';

export default defineCheck({
  id: 'access-key-unused',
  title: 'Unused access keys should be removed',
  severity: 'MEDIUM',
  raisedForAdmins: true,
  rationale: 'Theft of an unused access key is unlikely to be noticed. Deactivating a key costs nothing and can be undone.',
  standards: {
    'NIST 800-53 r5': 'AC-2, AC-2(1), AC-2(3), AC-3, AC-3(7), AC-3(15), AC-6',
    'PCI DSS 4.0': '8.2.6',
    'ISO 27001:2022': 'A.5.18',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: keyFacts,
  params: { maxUnusedDays: 45 },
  // access-key-never-used covers the keys that were never used.
  select: (facts, { isBreakGlass }) =>
    activeKeys(facts).filter((key) => !isBreakGlass(key.user) && (key.unseen !== undefined || key.lastUsed !== 'never')),
  judge: (key, _facts, { now, params }) => {
    if (key.unseen !== undefined) return unknown(key.unseen);
    if (typeof key.lastUsed !== 'number') return unknown('AWS did not show when the key was last used');
    const unused = daysSince(key.lastUsed, now);
    if (unused <= params.maxUnusedDays) return pass;
    return fail(`${key.label} was last used ${unused} days ago`, {
      evidence: { unusedDays: unused, lastUsed: toIso(key.lastUsed) },
    });
  },
  remediation: (key) => `Deactivate the key, and delete it a few weeks later if nothing breaks: ${deactivation(key)}`,
});
