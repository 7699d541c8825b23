import { defineCheck, fail, pass } from '../check.ts';
import { type ForeignGuest, foreignFacts, foreignGuests, mayBeForeign } from './subjects/foreign-guests.ts';
import { vendorOf } from './subjects/known-vendors.ts';
import { trustChange } from './subjects/trust-commands.ts';
import { judgeTrust, placeOf, rolesWithGuests } from './subjects/trust.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'role-trusts-unknown-account',
  title: 'Roles let in only accounts that are known',
  severity: 'HIGH',
  raisedForAdmins: true,
  rationale:
    'Whoever runs the other account decides who uses the role, and how well that account is guarded decides how well yours is. Known are the accounts of the Organization, those scanned together, well-known vendors, and those that the configuration allows.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-6, AC-20', 'ISO 27001:2022': 'A.5.15, A.5.19', NIS2: 'Art. 21(2)(d), 21(2)(i)' },
  needs: [...foreignFacts, 'access'],
  params: { allowedAccounts: [] },
  select: (facts) => rolesWithGuests(facts, mayBeForeign),
  judge: (subject, facts, context) =>
    judgeTrust(subject, (trust) => {
      const isKnown = ({ account }: ForeignGuest) =>
        account !== undefined &&
        (context.params.allowedAccounts.includes(account) || vendorOf(account, context.partition) !== undefined);
      const unknown = foreignGuests(trust, subject.role, facts, context).filter((guest) => !isKnown(guest));
      if (unknown.length === 0) return pass;
      const labels = [...new Set(unknown.map(({ label }) => label))];
      const accounts = [...new Set(unknown.flatMap(({ account = [] }) => account))];
      const evidence = { accounts, statements: unknown.map(({ guest }) => placeOf(guest)) };
      const message = `Role ${subject.role.name} lets in ${listed(labels)}, unknown here`;
      if (facts.organization === undefined || context.own.complete) return fail(`${message}.`, { evidence });
      // It may be a sister account, which is not as bad as a stranger's.
      const doubt = `the accounts of Organization ${facts.organization.id} were not listed, and it may be one of them`;
      return fail(`${message}; ${doubt}.`, { evidence, severity: 'HIGH' });
    }),
  remediation: ({ role }) =>
    `If the account is yours or you know whose it is, list it under allowedAccounts of this check. Otherwise look in CloudTrail for AssumeRole of the role, and take the account out. ${trustChange(role)}`,
});
