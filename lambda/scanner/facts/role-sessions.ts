import { z } from 'zod';
import type { Fact } from './fact.ts';
import { partlyReadWholeList } from './lenient.ts';

/** The maximum session duration of each role, in seconds, by the name of the role. */
export type RoleSessions = ReadonlyMap<string, number>;

/** Reads `iam list-roles`, the only list with the maximum session duration. A role that cannot be read has none here. */
export const roleSessionsSchema = z
  .object({ Roles: partlyReadWholeList('Roles', z.object({ RoleName: z.string(), MaxSessionDuration: z.number() })) })
  .transform(({ Roles }): RoleSessions => new Map(Roles.items.map((role) => [role.RoleName, role.MaxSessionDuration])));

/** What `iam list-roles` prints, of each role its name and its maximum session duration; empty if no role is admin. */
export const roleSessions = {
  name: 'roleSessions',
  schema: roleSessionsSchema,
  actions: ['iam:ListRoles'],
  awsCliFile: 'roles.json',
  dependsOn: ['access'],
} as const satisfies Fact;
