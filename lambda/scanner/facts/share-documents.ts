import { documentSharer } from '../model/policy-document.ts';
import type { Identities, User } from './identity.ts';

/** Equal documents become one object: thousands of identities have identical policies. */
export function shareDocuments({ users, groups, roles, policies, ...unread }: Identities): Identities {
  const share = documentSharer();
  const inline = <T extends Pick<User, 'inlinePolicies'>>(holder: T): T => ({
    ...holder,
    inlinePolicies: holder.inlinePolicies.map(({ name, document }) => ({ name, document: share(document) })),
  });
  return {
    ...unread,
    users: users.map(inline),
    groups: groups.map(inline),
    roles: roles.map((role) => ({ ...inline(role), trustPolicy: share(role.trustPolicy) })),
    policies: policies.map((policy) => ({
      ...policy,
      versions: policy.versions.map((version) => ({ ...version, document: share(version.document) })),
    })),
  };
}
