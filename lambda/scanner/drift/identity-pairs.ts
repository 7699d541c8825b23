import type { Group, Identities, ManagedPolicy, Role, User } from '../facts/identity.ts';
import { isRole } from '../check-support/credentials/last-use.ts';
import { roleResource } from '../check-support/principals/principals.ts';
import { userResource } from '../check-support/credentials/users.ts';
import type { Instant } from '../model/instant.ts';
import type { Resource } from '../model/resource.ts';

/** Something that both snapshots show. */
export interface InBoth<T> {
  readonly before: T;
  readonly after: T;
}

/** What is in both lists, only in the later one, and only in the earlier one. */
export interface Paired<T> {
  readonly both: readonly InBoth<T>[];
  readonly added: readonly T[];
  readonly removed: readonly T[];
}

/** Compares two lists by a key that no two items share. */
export function pairBy<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): Paired<T> {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const current = new Set(after.map(keyOf));
  return {
    both: after.flatMap((item) => {
      const was = old.get(keyOf(item));
      return was === undefined ? [] : [{ before: was, after: item }];
    }),
    added: after.filter((item) => !old.has(keyOf(item))),
    removed: before.filter((item) => !current.has(keyOf(item))),
  };
}

type Listed = User | Role | Group | ManagedPolicy;

/** Identities of one kind by their unique IDs: one that was deleted and created again under its name is another one. */
export const pairIdentities = <T extends Listed>(before: readonly T[], after: readonly T[]): Paired<T> =>
  pairBy(before, after, ({ id }) => id);

/** Every user and role in both snapshots. */
export const principalsInBoth = (before: Identities, after: Identities): readonly InBoth<User | Role>[] => [
  ...pairIdentities<User | Role>(before.users, after.users).both,
  ...pairIdentities<User | Role>(before.roles, after.roles).both,
];

/** An identity as the resource of a change. */
export const principalResource = (identity: User | Role): Resource =>
  isRole(identity) ? roleResource(identity) : userResource(identity);

/** How a headline names it: `IAM user ann`. */
export const principalLabel = (identity: User | Role): string => `IAM ${isRole(identity) ? 'role' : 'user'} ${identity.name}`;

/**
 * Whether an identity that the earlier snapshot does not show is new. If that snapshot has elements that could not be read, only its
 * date of creation tells.
 */
export const isSurelyNew = ({ unread = [] }: Identities, takenAt: Instant, { createdAt }: Pick<User, 'createdAt'>): boolean =>
  unread.length === 0 || (createdAt !== undefined && createdAt > takenAt);
