import { defineCheck } from '../check.ts';
import { worstFirst } from '../model/severity.ts';
import { allowingAnything, statementsOf, wholeServices } from './subjects/breadth.ts';
import { narrowing } from './subjects/grant-commands.ts';
import { judgeGrant } from './subjects/grant-findings.ts';
import { heldGrants } from './subjects/grants.ts';
import { someOf } from './subjects/some-of.ts';

export default defineCheck({
  id: 'policy-service-wildcard',
  title: 'No policy in use allows every action of a sensitive service on every resource',
  severity: 'MEDIUM',
  rationale:
    'A star after the name of a service grants deleting, publishing and handing on together with reading, and every action that the service gets later. How bad that is hangs on the service: with IAM it is the account.',
  standards: { 'AWS FSBP': 'IAM.21', 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  params: { ignoredServices: [] },
  select: heldGrants,
  judge: (grant, _facts, context) =>
    judgeGrant(grant, context, (policy, scene) => {
      if (allowingAnything(policy, scene).length > 0) return undefined;
      const { ignoredServices } = context.params;
      const whole = wholeServices(policy, scene).filter(({ service }) => !ignoredServices.includes(service.service));
      const [worst] = whole.map(({ service }) => service).sort((a, b) => worstFirst(a.severity, b.severity));
      if (!worst) return undefined;
      const names = whole.map(({ service }) => service.service);
      return {
        says: `allows every action of ${someOf(names)} on every resource (${worst.service} ${worst.why})`,
        statements: statementsOf(whole),
        severity: worst.severity,
        evidence: { services: names },
      };
    }),
  remediation: (grant, context) => narrowing(grant, context, 'Name the actions that are used, and what they are used on'),
});
