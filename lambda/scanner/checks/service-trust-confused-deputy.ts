import { defineCheck, fail, pass } from '../check.ts';
import { deputies } from './subjects/deputies.ts';
import { trustChange } from './subjects/trust-commands.ts';
import { type Guest, guests, judgeTrust, placeOf, rolesWithGuests } from './subjects/trust.ts';
import { letsIn, stranger } from './subjects/visitors.ts';
import { listed } from './subjects/wording.ts';

const isDeputy = ({ principal: { type, value } }: Guest) => type === 'Service' && Object.hasOwn(deputies, value);

export default defineCheck({
  id: 'service-trust-confused-deputy',
  title: 'Services assume roles on behalf of this account only',
  severity: 'LOW',
  enabledByDefault: false,
  rationale:
    'A service acts for many customers. Without a condition on whom it acts for, somebody else who can make the service use the ARN of your role works with its permissions. AWS prevents most of it by iam:PassRole; only services that document the condition keys are looked at.',
  standards: { 'NIST 800-53 r5': 'AC-3' },
  needs: ['identities'],
  select: (facts) => rolesWithGuests(facts, isDeputy),
  judge: (subject, _facts, context) =>
    judgeTrust(subject, (trust) => {
      const visitor = { ...stranger, isService: true };
      const open = guests(trust).filter((guest) => isDeputy(guest) && letsIn(trust, guest, visitor, subject.role, context));
      if (open.length === 0) return pass;
      const services = [...new Set(open.map(({ principal }) => principal.value))];
      return fail(`Role ${subject.role.name} lets in ${listed(services)} on behalf of any account.`, {
        evidence: { statements: open.map(placeOf) },
      });
    }),
  remediation: ({ role, trust }, { accountId }) => {
    const services = trust.kind === 'malformed' ? [] : guests(trust).filter(isDeputy);
    const docs = [...new Set(services.flatMap(({ principal }) => deputies[principal.value] ?? []))];
    return `Require "StringEquals": { "aws:SourceAccount": "${accountId}" } (${docs.join(', ')}). ${trustChange(role)}`;
  },
});
