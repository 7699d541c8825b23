import { defineCheck, fail, pass } from '../check.ts';
import { externalPrincipalFacts, externalPrincipals, mayBeExternalAccount } from '../check-support/trust/external-principals.ts';
import { vendorOf } from '../check-support/data/known-vendors.ts';
import { trustChange } from '../check-support/remediation/trust-commands.ts';
import { statementEvidenceOf, rolesTrusting } from '../check-support/trust/trust-policies.ts';
import { judgeCallers } from '../check-support/trust/judge-callers.ts';
import { canCallerAssume } from '../check-support/trust/external-caller.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'role-trusts-vendor-without-external-id',
  title: 'Third-party roles should require an external ID',
  severity: 'MEDIUM',
  rationale:
    'A vendor acts for many customers from one account. Without an external ID, another customer who gives the vendor the ARN of your role can make the vendor act on your account.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-20', 'ISO 27001:2022': 'A.5.19', NIS2: 'Art. 21(2)(d)' },
  needs: [...externalPrincipalFacts, 'access'],
  select: (facts) => rolesTrusting(facts, mayBeExternalAccount),
  judge: (subject, facts, context) =>
    judgeCallers(subject, context, (trust) => {
      const confused = externalPrincipals(trust, subject.role, facts, context).flatMap(({ account = '', trusted, caller }) => {
        const vendor = vendorOf(account, context.partition);
        // Another customer of the vendor has a different external ID, or none.
        const another = { ...caller, knowsExternalId: false };
        return vendor !== undefined && canCallerAssume(trust, trusted, another, subject.role, context)
          ? [{ vendor, account, trusted }]
          : [];
      });
      if (confused.length === 0) return pass;
      const labels = [...new Set(confused.map(({ vendor, account }) => `${vendor} (account ${account})`))];
      const whom = labels.length === 1 ? joinList(labels) : `${labels.length} vendor accounts`;
      return fail(`IAM role ${subject.role.name} trusts ${whom} without requiring an external ID`, {
        ...(labels.length === 1 ? {} : { message: `The vendors are ${joinList(labels)}.` }),
        evidence: { statements: confused.map(({ trusted }) => statementEvidenceOf(trusted)) },
      });
    }),
  remediation: ({ role }) =>
    `Ask the vendor for your external ID, then require it in the trust policy: "Condition": { "StringEquals": { "sts:ExternalId": "ID" } }. ${trustChange(role)}`,
});
