import { defineCheck, fail, pass } from '../check.ts';
import { trustChange } from './subjects/trust-commands.ts';
import { type Guest, guests, judgeTrust, placeOf, rolesWithGuests } from './subjects/trust.ts';
import { letsIn, stranger } from './subjects/visitors.ts';

/** `*` alone and as an AWS principal mean the same. Federated principals carry their own proof, and are judged elsewhere. */
const isAnyone = ({ principal: { type, value } }: Guest) => type === 'AWS' && value === '*';

export default defineCheck({
  id: 'role-trusts-anyone',
  title: 'No role lets in everybody who has an AWS account',
  severity: 'CRITICAL',
  rationale:
    'A trust policy with * lets in anyone who has an AWS account. What the caller chooses (tags, session name, MFA in its own account, the name of its own role) does not narrow it, nor does a condition that a request without the key meets.',
  standards: {
    'CIS AWS 7.0': '2.21',
    'NIST 800-53 r5': 'AC-3, AC-6',
    'ISO 27001:2022': 'A.5.15',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: ['identities'],
  select: (facts) => rolesWithGuests(facts, isAnyone),
  judge: (subject, _facts, context) =>
    judgeTrust(subject, (trust) => {
      const open = guests(trust).filter((guest) => isAnyone(guest) && letsIn(trust, guest, stranger, subject.role, context));
      if (open.length === 0) return pass;
      const hasConditions = open.every(({ statement }) => statement.conditions.length > 0);
      const why = hasConditions ? ', whatever its conditions: everybody can meet them' : '';
      return fail(`Role ${subject.role.name} lets in everybody who has an AWS account${why}.`, {
        evidence: { statements: open.map(placeOf) },
      });
    }),
  remediation: ({ role }) =>
    `Name the accounts or roles that need it, or keep * and require aws:PrincipalOrgID to equal the id of your Organization. ${trustChange(role)}`,
});
