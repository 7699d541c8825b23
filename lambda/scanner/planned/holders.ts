import type { Group, Identities, Role, User } from '../facts/identity.ts';
import type { Instant } from '../model/instant.ts';
import type { Holder } from './planned-change.ts';

/** The account that is changed, and when what is new in it is created. */
export interface Place {
  readonly partition: string;
  readonly accountId: string;
  readonly createdAt: Instant;
}

/** The ARN of something in IAM, such as `policy/team/deploy`. */
export const arnIn = ({ partition, accountId }: Omit<Place, 'createdAt'>, resource: string): string =>
  `arn:${partition}:iam::${accountId}:${resource}`;

/** Names in IAM differ by more than their case. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const isNamed =
  (name: string) =>
  (one: { readonly name: string }): boolean =>
    one.name.toLowerCase() === name.toLowerCase();

type HolderIdentity = User | Group | Role;

/** The user, group or role; undefined: there is none. */
export const holderIn = ({ users, groups, roles }: Identities, { kind, name }: Holder): HolderIdentity | undefined =>
  ({ user: users, group: groups, role: roles })[kind].find(isNamed(name));

/** What a change sets of any user, group or role. */
type Change = (found: HolderIdentity) => Partial<Pick<HolderIdentity, 'inlinePolicies' | 'attachedPolicies' | 'unreadPolicies'>>;

/** The identities after a change of one user, group or role; unchanged if there is none. */
export function changeHolder(identities: Identities, { kind, name }: Holder, change: Change): Identities {
  const is = isNamed(name);
  const changed = <T extends HolderIdentity>(list: readonly T[]): readonly T[] =>
    list.map((one) => (is(one) ? { ...one, ...change(one) } : one));
  if (kind === 'user') return { ...identities, users: changed(identities.users) };
  return kind === 'group'
    ? { ...identities, groups: changed(identities.groups) }
    : { ...identities, roles: changed(identities.roles) };
}

/** The identities after a change of one user. */
export const changeUser = (identities: Identities, name: string, change: (found: User) => Partial<User>): Identities => ({
  ...identities,
  users: identities.users.map((user) => (isNamed(name)(user) ? { ...user, ...change(user) } : user)),
});

/** The identities after a change of one role. */
export const changeRole = (identities: Identities, name: string, change: (found: Role) => Partial<Role>): Identities => ({
  ...identities,
  roles: identities.roles.map((role) => (isNamed(name)(role) ? { ...role, ...change(role) } : role)),
});
