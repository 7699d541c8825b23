import { defineCheck } from '../check.ts';
import { type KeptRole, judgeKeptRole, keptRoles } from '../check-support/assertions/no-outside-assume.ts';
import { type OtherPrincipal, judgeOtherPrincipal, otherPrincipals } from '../check-support/assertions/only-admins.ts';
import { explainCommandFor } from '../check-support/principals/principals.ts';
import { trustChange } from '../check-support/remediation/trust-commands.ts';

export default defineCheck({
  id: 'access-assertion-broken',
  title: 'Access assertions of the configuration should hold',
  severity: 'HIGH',
  rationale:
    'The configuration says who may be administrator where, and which roles no outside account may assume. What breaks it is a mistake, or an attack.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-6', 'ISO 27001:2022': 'A.5.15, A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access', 'crossAccountReach', 'organization'],
  select: (facts, context): readonly (OtherPrincipal | KeptRole)[] => [
    ...otherPrincipals(facts, context),
    ...keptRoles(facts, context),
  ],
  judge: (subject, facts, context) =>
    subject.kind === 'onlyAdmins' ? judgeOtherPrincipal(subject, context) : judgeKeptRole(subject, facts, context),
  remediation: (subject) =>
    subject.kind === 'onlyAdmins'
      ? `${explainCommandFor(subject.principal.verdict)} shows every statement of the path, and the fewest to remove. If the access is intended, add the ARN to onlyAdmins of the assertion "${subject.assertion.name}" in iam-vigil.yaml.`
      : `${trustChange(subject.role)} If the access is intended, add the account to except of the assertion "${subject.assertion.name}" in iam-vigil.yaml.`,
});
