import { defineCheck } from '../check.ts';
import { allowingAnything } from './subjects/breadth.ts';
import { removalFromOthers } from './subjects/grant-commands.ts';
import { judgeGrant } from './subjects/grant-findings.ts';
import { heldGrants } from './subjects/grants.ts';

export default defineCheck({
  id: 'policy-allows-everything',
  title: 'No policy in use allows every action on every resource',
  severity: 'HIGH',
  rationale:
    'Whoever takes over one identity that holds it has the whole account. How it is written makes no difference: a star, every service listed, or an Allow with nothing left out.',
  standards: {
    'CIS AWS 3.0': '1.16',
    'CIS AWS 5.0': '1.15',
    'CIS AWS 7.0': '2.14',
    'AWS FSBP': 'IAM.1',
    'NIST 800-53 r5': 'AC-6, AC-6(10)',
    'ISO 27001:2022': 'A.8.2',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: ['identities', 'access'],
  select: heldGrants,
  judge: (grant, _facts, context) =>
    judgeGrant(grant, context, (policy, scene) => {
      const statements = allowingAnything(policy, scene);
      if (statements.length === 0) return undefined;
      const denies = policy.statements.some(({ source }) => source.effect === 'Deny');
      const but = denies ? ', and what it denies its holders can give back to themselves' : '';
      // Somebody has to be admin: who may assume the roles of the landing zone is judged, and not that they are.
      return { says: `allows every action on every resource${but}`, statements, severity: 'HIGH', mayBeSetApart: true };
    }),
  remediation: (grant, context) =>
    `Give the holders what they use, which aws iam generate-service-last-accessed-details lists for each, and take this away: ${removalFromOthers(grant, context)}`,
});
