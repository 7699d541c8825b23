import type { Subject } from '../../check.ts';
import type { Identities } from '../../facts/identity.ts';
import { type PolicyAttachment, policyAttachments } from './policy-attachments.ts';
import { userResource } from '../credentials/users.ts';

/** A user with its own inline and attached policies, each with the user as its only holder. */
export interface UserAttachments extends Subject {
  readonly direct: readonly PolicyAttachment[];
}

/** Whether a document grants permissions. One that only denies does not. One that cannot be read might. */
const permits = ({ policy }: PolicyAttachment) =>
  policy.kind === 'malformed' || policy.statements.some(({ source }) => source.effect === 'Allow');

/** Every user, with the policies that grant it permissions other than through a group. */
export function usersWithAttachments(identities: Identities): readonly UserAttachments[] {
  const byUser = new Map<string, PolicyAttachment[]>();
  for (const attachment of policyAttachments({ identities }).filter(permits))
    for (const principal of attachment.holders) {
      const { arn } = principal.identity;
      byUser.set(arn, [...(byUser.get(arn) ?? []), { ...attachment, holders: [principal] }]);
    }
  return identities.users.map((user) => ({ resource: userResource(user), direct: byUser.get(user.arn) ?? [] }));
}
