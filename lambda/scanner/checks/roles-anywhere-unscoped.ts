import { type CheckContext, type Judgement, defineCheck, fail, pass, unknown } from '../check.ts';
import { GRANT_ACCESS } from '../check-support/remediation/missing-data.ts';
import {
  type AnchorSubject,
  type ProfileSubject,
  type UnseenAnywhere,
  anchorStep,
  anchorsAndProfiles,
  isRolesAnywhere,
  judgeAnchor,
  judgeProfile,
  profileStep,
} from '../check-support/trust/roles-anywhere.ts';
import { trustChange } from '../check-support/remediation/trust-commands.ts';
import {
  type TrustSubject,
  type TrustedPrincipal,
  trustedPrincipals,
  statementEvidenceOf,
  rolesTrusting,
} from '../check-support/trust/trust-policies.ts';
import { judgeCallers } from '../check-support/trust/judge-callers.ts';
import { canCallerAssume } from '../check-support/trust/external-caller.ts';

const judgeRole = (subject: TrustSubject, context: CheckContext): Judgement =>
  judgeCallers(subject, context, (trust) => {
    const anyCertificate = { account: context.accountId, knowsExternalId: false, isService: true, hasCertificate: true };
    const canAssume = (trusted: TrustedPrincipal) =>
      canCallerAssume(trust, trusted, { ...anyCertificate, entry: trusted.principal }, subject.role, context);
    const open = trustedPrincipals(trust).filter((trusted) => isRolesAnywhere(trusted) && canAssume(trusted));
    if (open.length === 0) return pass;
    return fail(`IAM role ${subject.role.name} can be assumed with any certificate of a trusted authority`, {
      message:
        'No condition of its trust policy restricts the subject, issuer, alternative name or source identity of the certificate. IAM Roles Anywhere accepts every certificate that chains to a trust anchor.',
      evidence: { statements: open.map(statementEvidenceOf) },
    });
  });

export default defineCheck({
  id: 'roles-anywhere-unscoped',
  title: 'IAM Roles Anywhere should restrict certificates, check revocation and scope sessions',
  severity: 'MEDIUM',
  raisedForAdmins: true,
  rationale:
    'Without a condition on the certificate, any certificate of a trusted authority can be used to assume the role, even one issued for a laptop or a printer. A condition on the trust anchor still allows every certificate of that authority. A stolen certificate works until it expires, unless the revocation list (CRL) of its authority is imported. Its sessions get all permissions of the role, unless the profile has a session policy.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-6' },
  needs: ['identities', 'access', 'certificateTrust'],
  select: (facts, context): readonly (TrustSubject | AnchorSubject | ProfileSubject | UnseenAnywhere)[] => [
    ...rolesTrusting(facts, isRolesAnywhere),
    ...anchorsAndProfiles(facts, context),
  ],
  judge: (subject, _facts, context) => {
    if ('unseen' in subject) return unknown(subject.unseen);
    if ('anchor' in subject) return judgeAnchor(subject);
    return 'profile' in subject ? judgeProfile(subject) : judgeRole(subject, context);
  },
  remediation: (subject, { partition, accountId }) => {
    if ('unseen' in subject) return GRANT_ACCESS;
    if ('anchor' in subject) return anchorStep(subject);
    if ('profile' in subject) return profileStep(subject);
    return `Require the subject of the certificate and the trust anchor in the trust policy: "StringEquals": { "aws:PrincipalTag/x509Subject/CN": "…" }, "ArnEquals": { "aws:SourceArn": "arn:${partition}:rolesanywhere:REGION:${accountId}:trust-anchor/ID" }. ${trustChange(subject.role)}`;
  },
});
