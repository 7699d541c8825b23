import { defineCheck } from '../check.ts';
import { allowingAnything, openServices, statementsInOrder } from '../check-support/policies/overbroad-access.ts';
import { narrowing } from '../check-support/remediation/policy-commands.ts';
import { judgeAttachment } from '../check-support/policies/judge-attachment.ts';
import { attachmentsWithAccess } from '../check-support/policies/policy-attachments.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';

export default defineCheck({
  id: 'policy-inverted-allow',
  title: 'IAM policies should not use Allow with NotAction or NotResource',
  severity: 'MEDIUM',
  rationale:
    'An Allow with NotAction or NotResource grants everything that it does not list, including each service that AWS adds later. Excluding IAM is not enough: data, keys and the roles of workloads remain accessible.',
  standards: { 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: attachmentsWithAccess,
  judge: (attachment, _facts, context) =>
    judgeAttachment(attachment, context, (policy, scene) => {
      const open = openServices(policy, scene);
      if (open.length === 0 || allowingAnything(policy, scene).length > 0) return undefined;
      const names = open.map(({ service }) => service.service);
      return {
        says: 'uses Allow with NotAction or NotResource',
        detail: `This allows every action of ${summarizeList(names)}.`,
        statements: statementsInOrder(open),
        severity: 'MEDIUM',
        evidence: { services: names },
      };
    }),
  remediation: (attachment, context) =>
    narrowing(attachment, context, 'List the actions and resources to allow instead of those to exclude'),
});
