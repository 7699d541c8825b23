import { defineCheck, fail, pass } from '../check.ts';
import type { Identities } from '../facts/identities.ts';
import { trustChange } from './subjects/trust-commands.ts';
import { type Guest, guests, judgeTrust, placeOf, rolesWithGuests } from './subjects/trust.ts';
import { listed } from './subjects/wording.ts';

/** The unique id of a user or a role. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const isUniqueId = ({ principal: { type, value } }: Guest) => type === 'AWS' && /^A(IDA|ROA)[A-Z0-9]+$/.test(value);

/** A user or a role by its ARN, which AWS lets nobody write into a trust policy if it does not exist. */
const isNamed = ({ principal: { type, value } }: Guest) => type === 'AWS' && /^arn:[^:]+:iam::\d+:(user|role)\//.test(value);

const remembered = new WeakMap<Identities, ReadonlySet<string>>();

/** The unique ids of all users and roles, gathered once. */
function idsOf(identities: Identities): ReadonlySet<string> {
  const known = remembered.get(identities) ?? new Set([...identities.users, ...identities.roles].map(({ id }) => id));
  remembered.set(identities, known);
  return known;
}

export default defineCheck({
  id: 'role-trusts-deleted-principal',
  title: 'Trust policies name users and roles that exist',
  severity: 'LOW',
  rationale:
    'When a user or role is deleted, AWS leaves its unique id in the trust policies that named it. Nobody can come in that way any more, but the policy no longer says what it was meant to, and whoever edits it may put a namesake back in.',
  standards: { 'NIST 800-53 r5': 'AC-2', 'ISO 27001:2022': 'A.5.18' },
  needs: ['identities'],
  select: (facts) => rolesWithGuests(facts, (guest) => isUniqueId(guest) || isNamed(guest)),
  judge: (subject, { identities }) =>
    judgeTrust(subject, (trust) => {
      const bare = guests(trust).filter(isUniqueId);
      if (bare.length === 0) return pass;
      const existing = idsOf(identities);
      const orphans = bare.filter(({ principal }) => !existing.has(principal.value));
      if (orphans.length === 0) return pass;
      const ids = [...new Set(orphans.map(({ principal }) => principal.value))];
      return fail(`Role ${subject.role.name} trusts what was deleted since: ${listed(ids)}.`, {
        evidence: { principals: ids, statements: orphans.map(placeOf) },
      });
    }),
  remediation: ({ role }) =>
    `Take the id out; if nothing else is left, delete the role once nobody misses it. ${trustChange(role)}`,
});
