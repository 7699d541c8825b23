import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import { daysSince } from '../model/instant.ts';
import { activeKeys, keyFacts } from './subjects/access-keys.ts';
import { deactivation } from './subjects/key-commands.ts';

export default defineCheck({
  id: 'access-key-never-used',
  title: 'Active access keys have been used',
  severity: 'MEDIUM',
  raisedForAdmins: true,
  rationale: 'A key that was made and never used was not needed, or was made for later by somebody who should not have it.',
  standards: {
    'CIS AWS 3.0': '1.12',
    'CIS AWS 5.0': '1.11',
    'CIS AWS 7.0': '2.11',
    'AWS FSBP': 'IAM.8',
    'NIST 800-53 r5': 'AC-2, AC-2(1), AC-2(3), AC-3, AC-3(7), AC-3(15), AC-6',
    'PCI DSS 4.0': '8.2.6',
    'ISO 27001:2022': 'A.5.18',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: keyFacts,
  params: { graceDays: 7 },
  // Keys that were used have a check of their own.
  select: (facts, { isBreakGlass }) =>
    activeKeys(facts).filter((key) => !isBreakGlass(key.user) && (key.unseen !== undefined || typeof key.lastUsed !== 'number')),
  judge: (key, _facts, { now, params }) => {
    if (key.unseen !== undefined) return unknown(key.unseen);
    if (key.lastUsed === undefined) return unknown('it could not be seen whether the key was ever used');
    const age = key.createdBefore === undefined ? undefined : daysSince(key.createdBefore, now);
    if (age !== undefined && age > params.graceDays)
      return fail(`${key.label} is ${age} days old and was never used.`, { evidence: { ageDays: age } });
    return key.createdAt === undefined ? unknown('the credential report does not tell when the key was created') : pass;
  },
  remediation: (key) => `Nothing has ever used the key, so nothing breaks: ${deactivation(key)}`,
});
