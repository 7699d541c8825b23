import type { Identities } from '../../facts/identity.ts';
import { type Access, isAdminCapable } from '../../model/verdict.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { commercialForm } from '../../policy/service-principal.ts';
import type { Statement } from '../../policy/policy.ts';

/** The service principals, in their commercial form, that a role trusts which is, or can become, admin. */
export function trustedServices({ roles }: Identities, access: Access): ReadonlySet<string> {
  const powerful = roles.filter(({ arn }) => {
    const verdict = access.get(arn);
    return verdict !== undefined && isAdminCapable(verdict);
  });
  return new Set(
    powerful.flatMap(({ trustPolicy }) => {
      const policy = parsePolicy(trustPolicy);
      return policy.kind === 'policy' ? policy.statements.flatMap(servicesIn) : [];
    }),
  );
}

const servicesIn = ({ effect, principal }: Statement): readonly string[] =>
  effect === 'Deny' || principal === undefined
    ? []
    : principal.entries.flatMap(({ type, value }) => (type === 'Service' ? [commercialForm(value)] : []));
