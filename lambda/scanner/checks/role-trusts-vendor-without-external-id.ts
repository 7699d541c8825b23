import { defineCheck, fail, pass } from '../check.ts';
import { foreignFacts, foreignGuests, mayBeForeign } from './subjects/foreign-guests.ts';
import { vendorOf } from './subjects/known-vendors.ts';
import { trustChange } from './subjects/trust-commands.ts';
import { judgeTrust, placeOf, rolesWithGuests } from './subjects/trust.ts';
import { letsIn } from './subjects/visitors.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'role-trusts-vendor-without-external-id',
  title: 'Roles for vendors require an external id',
  severity: 'MEDIUM',
  rationale:
    'A vendor acts for many customers from one account. Without an external id, another customer who gives the vendor the ARN of your role makes the vendor work on your account.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-20', 'ISO 27001:2022': 'A.5.19', NIS2: 'Art. 21(2)(d)' },
  needs: foreignFacts,
  select: (facts) => rolesWithGuests(facts, mayBeForeign),
  judge: (subject, facts, context) =>
    judgeTrust(subject, (trust) => {
      const confused = foreignGuests(trust, subject.role, facts, context).flatMap(({ account = '', guest, visitor }) => {
        const vendor = vendorOf(account, context.partition);
        // Another customer of the vendor has an external id of its own, or none.
        const another = { ...visitor, knowsExternalId: false };
        return vendor !== undefined && letsIn(trust, guest, another, subject.role, context) ? [{ vendor, account, guest }] : [];
      });
      if (confused.length === 0) return pass;
      const labels = [...new Set(confused.map(({ vendor, account }) => `${vendor} (account ${account})`))];
      return fail(`Role ${subject.role.name} lets in ${listed(labels)} without an external id.`, {
        evidence: { statements: confused.map(({ guest }) => placeOf(guest)) },
      });
    }),
  remediation: ({ role }) =>
    `Ask the vendor for your external id, and require it: "Condition": { "StringEquals": { "sts:ExternalId": "…" } }. ${trustChange(role)}`,
});
