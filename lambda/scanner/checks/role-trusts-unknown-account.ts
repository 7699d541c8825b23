import { defineCheck, fail, pass } from '../check.ts';
import {
  type ExternalPrincipal,
  externalPrincipalFacts,
  externalPrincipals,
  mayBeExternalAccount,
} from '../check-support/trust/external-principals.ts';
import { vendorOf } from '../check-support/data/known-vendors.ts';
import { trustChange } from '../check-support/remediation/trust-commands.ts';
import { judgeCallers } from '../check-support/trust/judge-callers.ts';
import { statementEvidenceOf, rolesTrusting } from '../check-support/trust/trust-policies.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'role-trusts-unknown-account',
  title: 'Roles should only trust known AWS accounts',
  severity: 'HIGH',
  raisedForAdmins: true,
  rationale:
    'The owner of the trusted account decides who can assume the role, and the security of that account limits the security of yours. Known accounts are those of the organization, those scanned together, well-known vendors, and those that the configuration allows.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-6, AC-20', 'ISO 27001:2022': 'A.5.15, A.5.19', NIS2: 'Art. 21(2)(d), 21(2)(i)' },
  needs: [...externalPrincipalFacts, 'access'],
  params: { allowedAccounts: [] },
  select: (facts) => rolesTrusting(facts, mayBeExternalAccount),
  judge: (subject, facts, context) =>
    judgeCallers(subject, context, (trust) => {
      const isKnown = ({ account }: ExternalPrincipal) =>
        account !== undefined &&
        (context.params.allowedAccounts.includes(account) || vendorOf(account, context.partition) !== undefined);
      const unknown = externalPrincipals(trust, subject.role, facts, context).filter((trusted) => !isKnown(trusted));
      if (unknown.length === 0) return pass;
      const labels = [...new Set(unknown.map(({ label }) => label))];
      const accounts = [...new Set(unknown.flatMap(({ account = [] }) => account))];
      const whom = labels.length === 1 ? joinList(labels) : 'several unknown accounts';
      // It may be an account of the same owner, which is less severe.
      const isUncertain = facts.organization !== undefined && !context.own.complete;
      const message = [
        ...(labels.length > 1 ? [`It trusts ${joinList(labels)}.`] : []),
        ...(isUncertain
          ? [`The accounts of organization ${facts.organization.id} could not be listed, so this may be one of them.`]
          : []),
      ];
      return fail(`IAM role ${subject.role.name} trusts ${whom}`, {
        ...(message.length > 0 ? { message: message.join(' ') } : {}),
        evidence: { accounts, statements: unknown.map(({ trusted }) => statementEvidenceOf(trusted)) },
        ...(isUncertain ? { severity: 'HIGH' as const } : {}),
      });
    }),
  remediation: ({ role }) =>
    `If you know the owner of the account, add the account to checks.role-trusts-unknown-account.allowedAccounts in the configuration. Otherwise search CloudTrail for AssumeRole calls on the role, then remove the account from the trust policy. ${trustChange(role)}`,
});
