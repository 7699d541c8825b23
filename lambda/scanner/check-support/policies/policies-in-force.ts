import type { Identities } from '../../facts/identity.ts';
import type { Json } from '../../model/json.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Statement } from '../../policy/policy.ts';

/**
 * The statements with a condition on a matching key, from all policies in use: inline, attached, or set as a permissions boundary.
 * Policies that are not in use or cannot be parsed are left out.
 */
export function policiesInForce(identities: Identities, conditionKey: RegExp): readonly Statement[] {
  const { users, groups, roles, policies } = identities;
  const holders = [...users, ...groups, ...roles];
  const attached = new Set([
    ...holders.flatMap(({ attachedPolicies }) => attachedPolicies.map(({ arn }) => arn)),
    ...[...users, ...roles].flatMap(({ boundaryArn = [] }) => boundaryArn),
  ]);
  const documents: readonly Json[] = [
    ...holders.flatMap(({ inlinePolicies }) => inlinePolicies.map(({ document }) => document)),
    ...policies
      .filter(({ arn }) => attached.has(arn))
      .flatMap(({ versions }) => versions.filter(({ isDefault }) => isDefault).map(({ document }) => document)),
  ];
  return documents.flatMap((document) => {
    const policy = parsePolicy(document);
    if (policy.kind === 'malformed') return [];
    return policy.statements.filter(({ conditions }) => conditions.some(({ key }) => conditionKey.test(key)));
  });
}
