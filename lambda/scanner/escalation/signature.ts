import { getOrCreate } from '../model/get-or-create.ts';
import type { Principal } from '../iam/principal.ts';
import type { Acting } from './moves.ts';

/** Tells positions of a search apart: equal texts stand for identities with the same permissions and the same shared changes. */
export function createSignature(): (acting: Acting) => string {
  const numbers = new Map<object, number>();
  const numberOf = (value: object): number => getOrCreate(numbers, value, () => numbers.size);
  const ofIdentity = (principal: Principal): string => {
    const { arn, policies, boundary, groups, settableKeys, identity } = principal;
    const created = principal.kind === 'user' ? principal.newGroups : undefined;
    const held = [...new Set(policies.map(({ policy, origin }) => `${origin} ${numberOf(policy)}`))].sort();
    const limits = boundary?.policies === 'unreadable' ? [] : (boundary?.policies ?? []).map(({ policy }) => numberOf(policy));
    return JSON.stringify([
      arn,
      held,
      boundary?.name,
      limits,
      [...groups].sort(),
      created,
      settableKeys,
      [...identity.tags].sort(),
    ]);
  };
  return ({ identities, shared }) =>
    [...[...identities.values()].map(ofIdentity), ...shared.map(({ key }) => key)].sort().join('\n');
}
