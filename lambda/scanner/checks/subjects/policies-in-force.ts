import type { Identities } from '../../model/facts/identities.ts';
import type { Json } from '../../model/json.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Statement } from '../../policy/policy.ts';

/**
 * The statements of all policies that some identity has, inline, attached or as its permissions boundary, with a condition on a key
 * that holds this. Policies that nobody has are left out, as are those that cannot be read.
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
