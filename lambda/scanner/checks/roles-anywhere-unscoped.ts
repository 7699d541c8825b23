import { type CheckContext, type Judgement, defineCheck, fail, pass, unknown } from '../check.ts';
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
} from './subjects/roles-anywhere.ts';
import { trustChange } from './subjects/trust-commands.ts';
import { type TrustSubject, guests, judgeTrust, placeOf, rolesWithGuests } from './subjects/trust.ts';
import { letsIn } from './subjects/visitors.ts';

const judgeRole = (subject: TrustSubject, context: CheckContext): Judgement =>
  judgeTrust(subject, (trust) => {
    const anybody = { account: context.accountId, knowsExternalId: false, isService: true, hasCertificate: true };
    const open = guests(trust).filter((guest) => isRolesAnywhere(guest) && letsIn(trust, guest, anybody, subject.role, context));
    if (open.length === 0) return pass;
    return fail(
      `Role ${subject.role.name} lets in whoever has a certificate of any authority that IAM Roles Anywhere trusts in this account.`,
      { evidence: { statements: open.map(placeOf) } },
    );
  });

export default defineCheck({
  id: 'roles-anywhere-unscoped',
  title: 'IAM Roles Anywhere takes named certificates that can be revoked, for limited sessions',
  severity: 'MEDIUM',
  raisedForAdmins: true,
  rationale:
    'Without a condition on the certificate, every certificate that a trusted authority ever signed, for a laptop or a printer, opens the role. A condition on the trust anchor leaves all certificates of that authority. One that was stolen goes on opening it until it expires, unless the revocation list of the authority is imported, and gets all that the role may do, unless the profile says less.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-6' },
  needs: ['identities', 'access', 'certificateTrust'],
  select: (facts, context): readonly (TrustSubject | AnchorSubject | ProfileSubject | UnseenAnywhere)[] => [
    ...rolesWithGuests(facts, isRolesAnywhere),
    ...anchorsAndProfiles(facts, context),
  ],
  judge: (subject, _facts, context) => {
    if ('unseen' in subject) return unknown(subject.unseen);
    if ('anchor' in subject) return judgeAnchor(subject);
    return 'profile' in subject ? judgeProfile(subject) : judgeRole(subject, context);
  },
  remediation: (subject, { partition, accountId }) => {
    if ('unseen' in subject) return 'Let the scan see them.';
    if ('anchor' in subject) return anchorStep(subject);
    if ('profile' in subject) return profileStep(subject);
    return `Require the name in the certificate, and the trust anchor: "StringEquals": { "aws:PrincipalTag/x509Subject/CN": "…" }, "ArnEquals": { "aws:SourceArn": "arn:${partition}:rolesanywhere:REGION:${accountId}:trust-anchor/ID" }. ${trustChange(subject.role)}`;
  },
});
