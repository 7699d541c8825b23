import { defineCheck } from '../check.ts';
import { narrowing } from './subjects/grant-commands.ts';
import { judgeGrant } from './subjects/grant-findings.ts';
import { heldGrants } from './subjects/grants.ts';
import { giveaway } from './subjects/giveaway.ts';
import { sharing } from './subjects/sensitive-actions.ts';

export default defineCheck({
  id: 'policy-shares-resources',
  title: 'IAM policies should not allow sharing all resources externally',
  severity: 'MEDIUM',
  rationale:
    'Making a resource public, or sharing it with another account, exposes its data without reading it. The sharing remains after the credential that was used is removed.',
  standards: { 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.3', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: heldGrants,
  judge: (grant, _facts, context) =>
    judgeGrant(grant, context, (policy, scene) => giveaway(policy, scene, sharing, (what) => `allows sharing all ${what}`)),
  remediation: (grant, context) => narrowing(grant, context, 'Limit the statements to the resources that may be shared'),
});
