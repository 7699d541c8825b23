import { defineCheck, fail, pass, unknown } from '../check.ts';
import { daysSince } from '../model/instant.ts';
import { activeKeys, keyFacts } from '../check-support/credentials/access-keys.ts';
import { deactivation } from '../check-support/remediation/key-commands.ts';

export default defineCheck({
  id: 'access-key-never-used',
  title: 'Access keys that were never used should be removed',
  severity: 'MEDIUM',
  raisedForAdmins: true,
  rationale: 'An access key that was never used is not needed. It can also be a key that an attacker created for later use.',
  standards: {
    'NIST 800-53 r5': 'AC-2, AC-2(1), AC-2(3), AC-3, AC-3(7), AC-3(15), AC-6',
    'PCI DSS 4.0': '8.2.6',
    'ISO 27001:2022': 'A.5.18',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: keyFacts,
  params: { graceDays: 7 },
  // access-key-unused covers the keys that were used.
  select: (facts, { isBreakGlass }) =>
    activeKeys(facts).filter((key) => !isBreakGlass(key.user) && (key.unseen !== undefined || typeof key.lastUsed !== 'number')),
  judge: (key, _facts, { now, params }) => {
    if (key.unseen !== undefined) return unknown(key.unseen);
    if (key.lastUsed === undefined) return unknown('AWS did not show whether the key was ever used');
    const age = key.createdBefore === undefined ? undefined : daysSince(key.createdBefore, now);
    if (age !== undefined && age > params.graceDays)
      return fail(`${key.label} is ${age} days old and was never used`, { evidence: { ageDays: age } });
    return key.createdAt === undefined ? unknown('the credential report does not show when the key was created') : pass;
  },
  remediation: (key) =>
    `Deactivate the key, and delete it after a few days. Nothing has used it, so nothing breaks: ${deactivation(key)}`,
});
