import { defineCheck } from '../check.ts';
import { narrowing } from './subjects/grant-commands.ts';
import { judgeGrant } from './subjects/grant-findings.ts';
import { heldGrants } from './subjects/grants.ts';
import { giveaway } from './subjects/giveaway.ts';
import { sharing } from './subjects/sensitive-actions.ts';

export default defineCheck({
  id: 'policy-shares-resources',
  title: 'No policy in use shares whatever it likes',
  severity: 'MEDIUM',
  rationale:
    'Making something public, or letting in another account, carries data out without reading it, and stays when the credential that did it is gone.',
  standards: { 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.3', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: heldGrants,
  judge: (grant, _facts, context) =>
    judgeGrant(grant, context, (policy, scene) => giveaway(policy, scene, sharing, (what) => `shares out all ${what}`)),
  remediation: (grant, context) => narrowing(grant, context, 'Name what may be shared, and leave the rest to a pipeline'),
});
