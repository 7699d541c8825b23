import { parseArn } from '../model/arn.ts';
import { ifCollected } from '../model/observed.ts';
import type { Assignment } from '../facts/organization-parts/identity-center.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import type { VerdictWithUsers, RolePeople } from '../model/role-people.ts';
import { permissionSetRole } from '../model/permission-set-role.ts';
import type { VerdictWithReach } from '../model/reach.ts';
import { isAdminCapable } from '../model/verdict.ts';

/** A person who is admin, or can become it, through roles of IAM Identity Center. */
export interface PersonLine {
  readonly person: string;
  /** The accounts in which this is so, sorted. */
  readonly accounts: readonly string[];
  readonly permissionSets: readonly string[];
  /** The groups through which this is so; direct assignments have none. */
  readonly groups: readonly string[];
}

/**
 * Adds to each role of IAM Identity Center the people who can use it. The name of the role contains the permission set, and the
 * assignments of that set in the account of the role tell who has it.
 */
export function withIdentityCenterUsers(
  organization: OrganizationSnapshot | undefined,
): (verdict: VerdictWithReach) => VerdictWithUsers {
  if (organization === undefined) return (verdict) => verdict;
  const { PermissionSets, AccountAssignments, Users, Groups, GroupMemberships } = organization;
  const names = PermissionSets.status === 'collected' ? new Set(PermissionSets.value.map(({ name }) => name)) : undefined;
  const sets = new Map(ifCollected(PermissionSets)?.map(({ arn, name }) => [arn, name]) ?? []);
  const assignments = ifCollected(AccountAssignments)?.seen ?? [];
  const users = ifCollected(Users) ?? new Map<string, string>();
  const groups = ifCollected(Groups) ?? new Map<string, string>();
  const members = ifCollected(GroupMemberships) ?? new Map<string, readonly string[]>();
  const unseen = hiddenParts(organization);
  const gaps = gapsBySet(organization);
  const byRole = new Map<string, Assignment[]>();
  for (const assignment of assignments) {
    const key = `${assignment.accountId} ${sets.get(assignment.permissionSetArn) ?? ''}`;
    const own = byRole.get(key);
    if (own) own.push(assignment);
    else byRole.set(key, [assignment]);
  }
  return (verdict) => {
    const role = permissionSetRole(verdict.arn);
    if (role === undefined) return verdict;
    const { accountId, permissionSet } = role;
    const own = byRole.get(`${accountId} ${permissionSet}`) ?? [];
    const byPerson = new Map<string, string[]>();
    const add = (id: string, group?: string) => {
      const person = users.get(id) ?? id;
      byPerson.set(person, [...(byPerson.get(person) ?? []), ...(group === undefined ? [] : [group])]);
    };
    const nameOf = (group: string) => groups.get(group) ?? group;
    for (const { principalType, principalId: id } of own) {
      if (principalType === 'USER') add(id);
      else for (const member of members.get(id) ?? []) add(member, nameOf(id));
    }
    const isUnlisted = names?.has(permissionSet) === false;
    const gap = isUnlisted ? `AWS did not list permission set ${permissionSet}` : (gaps.get(permissionSet) ?? unseen);
    const people: RolePeople = {
      permissionSet,
      groups: sorted(own.flatMap(({ principalType, principalId }) => (principalType === 'GROUP' ? nameOf(principalId) : []))),
      people: [...byPerson]
        .map(([person, by]) => ({ person, groups: sorted(by) }))
        .sort((a, b) => (a.person < b.person ? -1 : 1)),
      ...(gap === undefined ? {} : { unseen: gap }),
    };
    return { ...verdict, people };
  };
}

/** Why some people behind such roles may be missing; undefined where all could be listed, or no organization was scanned. */
export function unseenUsersReason(organization: OrganizationSnapshot | undefined): string | undefined {
  if (organization === undefined) return undefined;
  const reasons = [...gapsBySet(organization)].map(([name, reason]) => `permission set ${name}: ${reason}`);
  return [hiddenParts(organization) ?? [], reasons].flat().join('; ') || undefined;
}

/** Why assignments of permission sets are missing, by the name of the set. */
function gapsBySet({ PermissionSets, AccountAssignments }: OrganizationSnapshot): ReadonlyMap<string, string> {
  const sets = new Map(ifCollected(PermissionSets)?.map(({ arn, name }) => [arn, name]) ?? []);
  const gaps = ifCollected(AccountAssignments)?.gaps ?? [];
  return new Map(gaps.map(({ permissionSetArn, reason }) => [sets.get(permissionSetArn) ?? permissionSetArn, reason]));
}

function hiddenParts({
  PermissionSets,
  AccountAssignments,
  GroupMemberships,
  Users,
  Groups,
}: OrganizationSnapshot): string | undefined {
  const reasons = [PermissionSets, AccountAssignments, GroupMemberships, Users, Groups].flatMap((part) =>
    part.status === 'unavailable' ? part.reason : [],
  );
  return reasons.length === 0 ? undefined : [...new Set(reasons)].join('; ');
}

/** One line for each person who is admin, or can become it, through such roles: those with the most accounts first. */
export function peopleWithAdminAccess(verdicts: readonly VerdictWithUsers[]): readonly PersonLine[] {
  const lines = new Map<string, { accounts: string[]; permissionSets: string[]; groups: string[] }>();
  for (const verdict of verdicts) {
    const own = isAdminCapable(verdict) ? [parseArn(verdict.arn)?.accountId ?? ''] : [];
    const accounts = [...own, ...(verdict.reachedAccounts?.accounts ?? [])];
    if (verdict.people === undefined || accounts.length === 0) continue;
    for (const { person, groups } of verdict.people.people) {
      const line = lines.get(person) ?? { accounts: [], permissionSets: [], groups: [] };
      lines.set(person, line);
      line.accounts.push(...accounts);
      line.permissionSets.push(verdict.people.permissionSet);
      line.groups.push(...groups);
    }
  }
  return [...lines]
    .map(([person, { accounts, permissionSets, groups }]): PersonLine => ({
      ...{ person, accounts: sorted(accounts), permissionSets: sorted(permissionSets), groups: sorted(groups) },
    }))
    .sort((a, b) => b.accounts.length - a.accounts.length || (a.person < b.person ? -1 : 1));
}

const sorted = (words: readonly string[]): readonly string[] => [...new Set(words)].toSorted();
