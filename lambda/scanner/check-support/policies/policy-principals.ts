import type { CheckContext } from '../../check.ts';
import type { Resource } from '../../model/resource.ts';
import type { Group, Identities, Role, User } from '../../facts/identity.ts';
import type { Json } from '../../model/json.ts';
import type { Access } from '../../model/verdict.ts';
import { summarizeList } from '../wording/summarize-list.ts';

/** A user, group or role that has policies, and the principals that get their permissions. */
export interface PolicyPrincipal {
  readonly kind: 'user' | 'group' | 'role';
  readonly identity: User | Group | Role;
  readonly resource: Resource;
  /** The users of a group; else the identity itself. */
  readonly members: readonly (User | Role)[];
}

const types = { user: 'AwsIamUser', group: 'AwsIamGroup', role: 'AwsIamRole' } as const;

/** Every user, group and role, except service-linked roles, which only AWS can assume and change. */
export function policyPrincipals({ users, groups, roles }: Identities): readonly PolicyPrincipal[] {
  const principal = (
    kind: PolicyPrincipal['kind'],
    identity: PolicyPrincipal['identity'],
    members: readonly (User | Role)[],
  ): PolicyPrincipal => {
    const { arn, name, id } = identity;
    return { kind, identity, resource: { type: types[kind], arn, name, id }, members };
  };
  const members = new Map(groups.map(({ name }): [string, User[]] => [name, []]));
  for (const user of users) for (const group of user.groups) members.get(group)?.push(user);
  return [
    ...users.map((user) => principal('user', user, [user])),
    ...groups.map((group) => principal('group', group, members.get(group.name) ?? [])),
    ...roles.filter(({ path }) => !path.startsWith('/aws-service-role/')).map((role) => principal('role', role, [role])),
  ];
}

/** Whether only roles of the landing zone and break-glass identities get the permissions of the holder. */
export const isExempt = (
  { members }: PolicyPrincipal,
  access: Access,
  { isBreakGlass }: Pick<CheckContext, 'isBreakGlass'>,
): boolean => members.length > 0 && members.every((member) => isBreakGlass(member) || access.get(member.arn)?.platform === true);

const AS_EVIDENCE = 50;

/** The holders by name, and the number of those after the first few: `user ann, role app and 3 more`. */
export const namesOfPrincipals = (holders: readonly PolicyPrincipal[]): string =>
  summarizeList(holders.map(({ kind, identity }) => `${kind} ${identity.name}`));

/** The holders as evidence. */
export const attachmentEvidence = (holders: readonly PolicyPrincipal[]): Readonly<Record<string, Json>> => ({
  attachedTo: holders.slice(0, AS_EVIDENCE).map(({ identity }) => identity.arn),
  ...(holders.length > AS_EVIDENCE ? { attachedToCount: holders.length } : {}),
});
