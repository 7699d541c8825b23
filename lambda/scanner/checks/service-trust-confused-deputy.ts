import { defineCheck, fail, pass } from '../check.ts';
import { serviceTrusts } from '../check-support/trust/confused-deputy.ts';
import { trustChange } from '../check-support/remediation/trust-commands.ts';
import {
  type TrustedPrincipal,
  trustedPrincipals,
  statementEvidenceOf,
  rolesTrusting,
} from '../check-support/trust/trust-policies.ts';
import { judgeCallers } from '../check-support/trust/judge-callers.ts';
import { canCallerAssume, anyAwsAccount } from '../check-support/trust/external-caller.ts';
import { commercialForm } from '../policy/service-principal.ts';
import { joinList } from '../check-support/wording/wording.ts';

const isDeputy = ({ principal: { type, value } }: TrustedPrincipal) =>
  type === 'Service' && Object.hasOwn(serviceTrusts, commercialForm(value));

export default defineCheck({
  id: 'service-trust-confused-deputy',
  title: 'Service role trust policies should restrict aws:SourceAccount or aws:SourceArn',
  severity: 'LOW',
  enabledByDefault: false,
  rationale:
    'An AWS service acts for many customers. Without a condition on the source account, another customer who can make the service use the ARN of your role acts with the permissions of the role. AWS prevents most of this through iam:PassRole. Only services that document the condition keys are checked.',
  standards: { 'NIST 800-53 r5': 'AC-3' },
  needs: ['identities', 'access'],
  select: (facts) => rolesTrusting(facts, isDeputy),
  judge: (subject, _facts, context) =>
    judgeCallers(subject, context, (trust) => {
      const canAssume = (trusted: TrustedPrincipal) => {
        const caller = { ...anyAwsAccount, isService: true, entry: trusted.principal };
        return canCallerAssume(trust, trusted, caller, subject.role, context);
      };
      const open = trustedPrincipals(trust).filter((trusted) => isDeputy(trusted) && canAssume(trusted));
      if (open.length === 0) return pass;
      const services = [...new Set(open.map(({ principal }) => principal.value))];
      const who = services.length === 1 ? joinList(services) : `${services.length} AWS services`;
      return fail(`IAM role ${subject.role.name} can be assumed by ${who} on behalf of any account`, {
        ...(services.length === 1 ? {} : { message: `The services are ${joinList(services)}.` }),
        evidence: { statements: open.map(statementEvidenceOf) },
      });
    }),
  remediation: ({ role, trust }, { accountId }) => {
    const services = trust.kind === 'malformed' ? [] : trustedPrincipals(trust).filter(isDeputy);
    const docs = [...new Set(services.flatMap(({ principal }) => serviceTrusts[commercialForm(principal.value)] ?? []))];
    return `Require "StringEquals": { "aws:SourceAccount": "${accountId}" } in the trust policy (${docs.join(', ')}). ${trustChange(role)}`;
  },
});
