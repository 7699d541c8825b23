import { defineCheck, fail, pass } from '../check.ts';
import { trustChange } from '../check-support/remediation/trust-commands.ts';
import { trustedPrincipals, statementEvidenceOf, rolesTrusting } from '../check-support/trust/trust-policies.ts';
import { isAnyone } from '../check-support/trust/external-principals.ts';
import { judgeCallers } from '../check-support/trust/judge-callers.ts';
import { canCallerAssume, anyAwsAccount } from '../check-support/trust/external-caller.ts';

export default defineCheck({
  id: 'role-trusts-anyone',
  title: 'Role trust policies should not allow any AWS principal ("*")',
  severity: 'CRITICAL',
  rationale:
    'A trust policy with the principal "*" lets any AWS account assume the role, unless a condition restricts the caller. A value that callers choose does not restrict them: tags, a session name, MFA in their own account, the name of their own role. A condition that is met when its key is absent does not restrict them either.',
  standards: {
    'NIST 800-53 r5': 'AC-3, AC-6',
    'ISO 27001:2022': 'A.5.15',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: ['identities', 'access'],
  select: (facts) => rolesTrusting(facts, isAnyone),
  judge: (subject, _facts, context) =>
    judgeCallers(subject, context, (trust) => {
      const open = trustedPrincipals(trust).filter(
        (trusted) => isAnyone(trusted) && canCallerAssume(trust, trusted, anyAwsAccount, subject.role, context),
      );
      if (open.length === 0) return pass;
      const hasConditions = open.every(({ statement }) => statement.conditions.length > 0);
      return fail(`IAM role ${subject.role.name} can be assumed from any AWS account`, {
        ...(hasConditions
          ? { message: 'The conditions of its trust policy do not restrict the caller: any caller can meet them.' }
          : {}),
        evidence: { statements: open.map(statementEvidenceOf) },
      });
    }),
  remediation: ({ role }) =>
    `Replace "*" with the accounts or roles that need the role. Or keep "*" and require aws:PrincipalOrgID to equal the ID of your organization. ${trustChange(role)}`,
});
