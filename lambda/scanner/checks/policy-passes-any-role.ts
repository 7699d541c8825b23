import { defineCheck } from '../check.ts';
import { allowingAnything, allowingOn } from './subjects/breadth.ts';
import { narrowing } from './subjects/grant-commands.ts';
import { judgeGrant } from './subjects/grant-findings.ts';
import { heldGrants } from './subjects/grants.ts';

const passRole = { action: 'iam:PassRole', resource: 'arn:{partition}:iam::{account}:role/*' };

export default defineCheck({
  id: 'policy-passes-any-role',
  title: 'No policy in use passes any role to any service',
  severity: 'MEDIUM',
  rationale:
    'Whoever may pass every role can start something that acts as the strongest of them, an admin if there is one. A list of roles, or a condition on iam:PassedToService, bounds it.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(10)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: heldGrants,
  judge: (grant, _facts, context) =>
    judgeGrant(grant, context, (policy, scene) => {
      const statements = allowingOn(policy, scene, passRole);
      if (statements.length === 0 || allowingAnything(policy, scene).length > 0) return undefined;
      return { says: 'passes any role to any service (iam:PassRole)', statements, severity: 'MEDIUM' };
    }),
  remediation: (grant, context) =>
    narrowing(grant, context, 'Name the roles that are passed, and the service by the condition iam:PassedToService'),
});
