import type { Assignment, Assignments, PermissionSet } from '../../facts/organization-parts/identity-center.ts';
import type { OrganizationSnapshot } from '../../facts/organization-parts/organization-snapshot.ts';
import type { RequestSetting } from '../../policy/queries/plain-request.ts';
import { summarizeList } from '../wording/summarize-list.ts';
import { isAdminPermissionSet } from './admin-permission-sets.ts';
import { ifCollected } from '../../model/observed.ts';

/** A group, or a user with direct assignments, that has permission sets. */
export interface PermissionSetHolder {
  readonly kind: 'group' | 'user';
  readonly id: string;
  readonly name: string;
  /** The members of the group, or the user itself; undefined if they could not be collected. */
  readonly people: readonly string[] | undefined;
  /** The names of the permission sets that grant admin access. */
  readonly adminSets: readonly string[];
  /** The assignments of these. */
  readonly adminAssignments: readonly Assignment[];
  /** The accounts in which it has one of these, sorted. */
  readonly accounts: readonly string[];
  /** What could not be determined about its other permission sets. */
  readonly unseen: readonly string[];
}

/** All groups and users to which a permission set is assigned. */
export function permissionSetHolders(
  organization: OrganizationSnapshot,
  assignments: readonly Assignment[],
  scene: RequestSetting,
): readonly PermissionSetHolder[] {
  const { PermissionSets } = organization;
  const sets = new Map((ifCollected(PermissionSets) ?? []).map((set) => [set.arn, set]));
  const verdicts = new Map([...sets].map(([arn, set]) => [arn, isAdminPermissionSet(set, scene)]));
  const byHolder = new Map<string, Assignment[]>();
  for (const assignment of assignments) {
    const principal = `${assignment.principalType} ${assignment.principalId}`;
    const own = byHolder.get(principal);
    if (own) own.push(assignment);
    else byHolder.set(principal, [assignment]);
  }
  return [...byHolder.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const nameOf = ({ permissionSetArn }: Assignment) => sets.get(permissionSetArn)?.name ?? permissionSetArn;
    const isAdmin = ({ permissionSetArn }: Assignment) => {
      const verdict = verdicts.get(permissionSetArn);
      return verdict?.status === 'collected' && verdict.value;
    };
    const admin = own.filter(isAdmin);
    return [
      {
        ...namesOf(organization, first),
        adminSets: sorted(admin.map(nameOf)),
        adminAssignments: admin,
        accounts: sorted(admin.map(({ accountId }) => accountId)),
        unseen: sorted(own.flatMap((assignment) => unseenOf(assignment, sets, verdicts))),
      },
    ];
  });
}

function unseenOf(
  { permissionSetArn }: Assignment,
  sets: ReadonlyMap<string, PermissionSet>,
  verdicts: ReadonlyMap<string, ReturnType<typeof isAdminPermissionSet>>,
): readonly string[] {
  if (!sets.has(permissionSetArn)) return [`permission set ${permissionSetArn} could not be read`];
  const verdict = verdicts.get(permissionSetArn);
  return verdict?.status === 'unavailable' ? [verdict.reason] : [];
}

function namesOf({ Users, Groups, GroupMemberships }: OrganizationSnapshot, { principalType, principalId: id }: Assignment) {
  const nameOf = (user: string) => ifCollected(Users)?.get(user) ?? user;
  if (principalType === 'USER') return { kind: 'user', id, name: nameOf(id), people: [nameOf(id)] } as const;
  const name = ifCollected(Groups)?.get(id) ?? id;
  const people = GroupMemberships.status === 'collected' ? sorted((GroupMemberships.value.get(id) ?? []).map(nameOf)) : undefined;
  return { kind: 'group', id, name, people } as const;
}

const sorted = (words: readonly string[]): readonly string[] => [...new Set(words)].toSorted();

/** Why not all assignments of some permission sets were seen, in one sentence. Empty if all of them were. */
export function unseenAssignments(
  { PermissionSets }: OrganizationSnapshot,
  { gaps }: Assignments,
  isMeant: (set: PermissionSet) => boolean = () => true,
): readonly { readonly unseen: string }[] {
  const sets = new Map((ifCollected(PermissionSets) ?? []).map((set) => [set.arn, set]));
  const meant = gaps.flatMap(({ permissionSetArn, reason }) => {
    const set = sets.get(permissionSetArn);
    return set === undefined || isMeant(set) ? { name: set?.name ?? permissionSetArn, reason } : [];
  });
  const [first] = meant;
  if (first === undefined) return [];
  return [{ unseen: `not all assignments of ${summarizeList(meant.map(({ name }) => name))} were seen: ${first.reason}` }];
}

/** Whether the permission set leads to admin, or may. */
export function mayBeAdminSet(set: PermissionSet, scene: RequestSetting): boolean {
  const verdict = isAdminPermissionSet(set, scene);
  return verdict.status === 'unavailable' || verdict.value;
}
