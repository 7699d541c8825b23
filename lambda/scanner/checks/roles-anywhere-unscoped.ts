import { defineCheck, fail, pass } from '../model/check.ts';
import { trustChange } from './subjects/trust-commands.ts';
import { type Guest, guests, judgeTrust, placeOf, rolesWithGuests } from './subjects/trust.ts';
import { letsIn } from './subjects/visitors.ts';

const isRolesAnywhere = ({ principal: { type, value } }: Guest) => type === 'Service' && value === 'rolesanywhere.amazonaws.com';

export default defineCheck({
  id: 'roles-anywhere-unscoped',
  title: 'Roles for IAM Roles Anywhere name whose certificates they take',
  severity: 'MEDIUM',
  raisedForAdmins: true,
  rationale:
    'Without a condition on the certificate, every certificate that a trusted authority ever signed, for a laptop or a printer, opens the role. A condition on the trust anchor leaves all certificates of that authority.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-6' },
  needs: ['identities'],
  select: (facts) => rolesWithGuests(facts, isRolesAnywhere),
  judge: (subject, _facts, context) =>
    judgeTrust(subject, (trust) => {
      const anybody = { account: context.accountId, knowsExternalId: false, isService: true, hasCertificate: true };
      const open = guests(trust).filter(
        (guest) => isRolesAnywhere(guest) && letsIn(trust, guest, anybody, subject.role, context),
      );
      if (open.length === 0) return pass;
      return fail(
        `Role ${subject.role.name} lets in whoever has a certificate of any authority that IAM Roles Anywhere trusts in this account.`,
        { evidence: { statements: open.map(placeOf) } },
      );
    }),
  remediation: ({ role }, { partition, accountId }) =>
    `Require the name in the certificate, and the trust anchor: "StringEquals": { "aws:PrincipalTag/x509Subject/CN": "…" }, "ArnEquals": { "aws:SourceArn": "arn:${partition}:rolesanywhere:REGION:${accountId}:trust-anchor/ID" }. ${trustChange(role)}`,
});
