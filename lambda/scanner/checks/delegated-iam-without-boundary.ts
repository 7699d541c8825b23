import { defineCheck } from '../check.ts';
import { allowingAnything, wholeServices } from './subjects/breadth.ts';
import { unboundedWriting } from './subjects/delegation.ts';
import { narrowing } from './subjects/grant-commands.ts';
import { judgeGrant } from './subjects/grant-findings.ts';
import { heldGrants } from './subjects/grants.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'delegated-iam-without-boundary',
  title: 'Whoever may write identities must bound them',
  severity: 'MEDIUM',
  rationale:
    'Who makes a user or role, or gives it policies, can give it more than it has itself, up to everything. A condition on iam:PermissionsBoundary keeps what is made within a limit that its makers cannot move.',
  standards: { 'NIST 800-53 r5': 'AC-6(10)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: heldGrants,
  judge: (grant, _facts, context) =>
    judgeGrant(grant, context, (policy, scene) => {
      const unbounded = unboundedWriting(policy, scene);
      if (unbounded.length === 0) return undefined;
      // Whoever has all of IAM was delegated nothing; it is reported as what it is.
      const isWhole = wholeServices(policy, scene).some(({ service }) => service.service === 'iam');
      if (isWhole || allowingAnything(policy, scene).length > 0) return undefined;
      const actions = unbounded.map(({ action }) => action);
      return {
        says: `writes identities that no permissions boundary bounds (${listed(actions)})`,
        statements: [...new Set(unbounded.flatMap(({ by }) => by))],
        severity: 'MEDIUM',
        evidence: { actions },
      };
    }),
  remediation: (grant, context) =>
    narrowing(
      grant,
      context,
      'Allow these actions only with the condition StringEquals iam:PermissionsBoundary, and taking a boundary off not at all',
    ),
});
