import { rootArn } from '../model/arn.ts';
import { type CheckContext, defineCheck, fail, pass } from '../check.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { trustChange } from '../check-support/remediation/trust-commands.ts';
import {
  type TrustedPrincipal,
  trustedPrincipals,
  statementEvidenceOf,
  trustSubjects,
} from '../check-support/trust/trust-policies.ts';
import { judgeCallers } from '../check-support/trust/judge-callers.ts';
import { type ExternalCaller, canCallerAssume } from '../check-support/trust/external-caller.ts';

/** Whether the principal is the account as a whole: the ARN of its root user, or the account id. */
const isWhole = (
  { principal: { type, value } }: TrustedPrincipal,
  { accountId, partition }: Pick<CheckContext, 'accountId' | 'partition'>,
) => type === 'AWS' && (value === accountId || value === rootArn(partition, accountId));

export default defineCheck({
  id: 'admin-role-trusts-whole-account',
  title: 'Roles with a path to admin should not trust the entire account',
  severity: 'LOW',
  rationale:
    'A role that trusts the entire account can be assumed by every identity in it whose own policies allow sts:AssumeRole, now or later. Every policy in the account then decides who becomes administrator, not the trust policy alone.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(5)', 'ISO 27001:2022': 'A.8.2' },
  needs: ['identities', 'organization', 'access'],
  select: (facts) =>
    trustSubjects(facts).filter(({ role }) => {
      const verdict = facts.access.get(role.arn);
      return verdict !== undefined && isAdminCapable(verdict);
    }),
  judge: (subject, { organization }, context) =>
    judgeCallers(subject, context, (trust) => {
      const { accountId, partition } = context;
      const anyone: ExternalCaller = {
        account: accountId,
        arn: `arn:${partition}:iam::${accountId}:user/any`,
        ...(organization ? { organization: organization.id } : {}),
        knowsExternalId: true,
      };
      const open = trustedPrincipals(trust).filter(
        (trusted) => isWhole(trusted, context) && canCallerAssume(trust, trusted, anyone, subject.role, context),
      );
      return open.length === 0
        ? pass
        : fail(`IAM role ${subject.role.name} (path to admin) trusts all of account ${accountId}`, {
            evidence: { statements: open.map(statementEvidenceOf) },
          });
    }),
  remediation: ({ role }) =>
    `Replace the account in the trust policy with the ARNs of the users and roles that need the role, or add a condition on aws:PrincipalArn. ${trustChange(role)}`,
});
