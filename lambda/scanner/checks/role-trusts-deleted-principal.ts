import { derivedValues } from '../model/derived-values.ts';
import { defineCheck, fail, pass } from '../check.ts';
import type { Identities } from '../facts/identity.ts';
import { trustChange } from '../check-support/remediation/trust-commands.ts';
import {
  type TrustedPrincipal,
  trustedPrincipals,
  judgeTrust,
  statementEvidenceOf,
  rolesTrusting,
} from '../check-support/trust/trust-policies.ts';
import { joinList } from '../check-support/wording/wording.ts';

/** The unique ID of a user or a role. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const isUniqueId = ({ principal: { type, value } }: TrustedPrincipal) => type === 'AWS' && /^A(IDA|ROA)[A-Z0-9]+$/.test(value);

/** The ARN of a user or a role. AWS refuses a trust policy with one that does not exist. */
const isNamed = ({ principal: { type, value } }: TrustedPrincipal) =>
  type === 'AWS' && /^arn:[^:]+:iam::\d+:(user|role)\//.test(value);

const knownIds = derivedValues.table<Identities, ReadonlySet<string>>();

/** The unique IDs of all users and roles, collected once. */
const idsOf = (identities: Identities): ReadonlySet<string> =>
  knownIds.getOrCreate(identities, () => new Set([...identities.users, ...identities.roles].map(({ id }) => id)));

export default defineCheck({
  id: 'role-trusts-deleted-principal',
  title: 'Role trust policies should not reference deleted principals',
  severity: 'LOW',
  rationale:
    'When a user or role is deleted, its unique ID stays in the trust policies that named it. The entry no longer grants access, but the policy no longer shows what was intended. An editor who replaces the ID with an ARN can trust a different principal of the same name.',
  standards: { 'NIST 800-53 r5': 'AC-2', 'ISO 27001:2022': 'A.5.18' },
  needs: ['identities'],
  select: (facts) => rolesTrusting(facts, (trusted) => isUniqueId(trusted) || isNamed(trusted)),
  judge: (subject, { identities }) =>
    judgeTrust(subject, (trust) => {
      const bare = trustedPrincipals(trust).filter(isUniqueId);
      if (bare.length === 0) return pass;
      const existing = idsOf(identities);
      const orphans = bare.filter(({ principal }) => !existing.has(principal.value));
      if (orphans.length === 0) return pass;
      const ids = [...new Set(orphans.map(({ principal }) => principal.value))];
      const evidence = { principals: ids, statements: orphans.map(statementEvidenceOf) };
      return ids.length === 1
        ? fail(`IAM role ${subject.role.name} trusts deleted principal ${joinList(ids)}`, { evidence })
        : fail(`IAM role ${subject.role.name} trusts ${ids.length} deleted principals`, {
            message: `No user or role has the IDs ${joinList(ids)}.`,
            evidence,
          });
    }),
  remediation: ({ role }) =>
    `Remove the ID from the trust policy. If no other principal is left, delete the role once you know that it is unused. ${trustChange(role)}`,
});
