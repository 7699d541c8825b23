import { defineCheck } from '../check.ts';
import { worstFirst } from '../model/severity.ts';
import { allowingAnything, statementsInOrder, wholeServices } from '../check-support/policies/overbroad-access.ts';
import { narrowing } from '../check-support/remediation/policy-commands.ts';
import { judgeAttachment } from '../check-support/policies/judge-attachment.ts';
import { attachmentsWithAccess } from '../check-support/policies/policy-attachments.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'policy-service-wildcard',
  title: 'IAM policies should not allow wildcard actions for sensitive services',
  severity: 'MEDIUM',
  rationale:
    'A wildcard after the name of a service allows deleting, publishing and sharing together with reading, and every action that AWS adds later. The severity depends on the service: with IAM it is control of the account.',
  standards: { 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  params: { ignoredServices: [] },
  select: attachmentsWithAccess,
  judge: (attachment, _facts, context) =>
    judgeAttachment(attachment, context, (policy, scene) => {
      if (allowingAnything(policy, scene).length > 0) return undefined;
      const { ignoredServices } = context.params;
      const whole = wholeServices(policy, scene).filter(({ service }) => !ignoredServices.includes(service.service));
      const [worst] = whole.map(({ service }) => service).sort((a, b) => worstFirst(a.severity, b.severity));
      if (!worst) return undefined;
      const names = whole.map(({ service }) => service.service);
      return {
        says: `allows all actions of ${names.length > 2 ? `${names.length} sensitive services` : joinList(names)} on all resources`,
        detail: `${names.length > 2 ? `The services are ${summarizeList(names)}. ` : ''}With all actions of ${worst.service}, a principal can ${worst.why}.`,
        statements: statementsInOrder(whole),
        severity: worst.severity,
        evidence: { services: names },
      };
    }),
  remediation: (attachment, context) =>
    narrowing(attachment, context, 'List the actions that are used, and limit them to the resources that are used'),
});
