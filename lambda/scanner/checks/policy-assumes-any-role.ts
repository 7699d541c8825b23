import { defineCheck } from '../check.ts';
import { allowingAnything, allowingOn } from './subjects/breadth.ts';
import { narrowing } from './subjects/grant-commands.ts';
import { judgeGrant } from './subjects/grant-findings.ts';
import { heldGrants } from './subjects/grants.ts';

const assumeRole = { action: 'sts:AssumeRole', resource: 'arn:{partition}:iam::{account}:role/*' };

export default defineCheck({
  id: 'policy-assumes-any-role',
  title: 'No policy in use assumes any role',
  severity: 'MEDIUM',
  rationale:
    'Every role that trusts the whole account, in this account or another, lets its holders in, those included that are made tomorrow.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(10)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: heldGrants,
  judge: (grant, _facts, context) =>
    judgeGrant(grant, context, (policy, scene) => {
      const statements = allowingOn(policy, scene, assumeRole);
      if (statements.length === 0 || allowingAnything(policy, scene).length > 0) return undefined;
      return { says: 'assumes any role that lets it in (sts:AssumeRole)', statements, severity: 'MEDIUM' };
    }),
  remediation: (grant, context) => narrowing(grant, context, 'Name the roles that are assumed'),
});
