import { z } from 'zod';
import type { Fact } from './fact.ts';

/** The maximum session duration of each role, in seconds, by the name of the role. */
export type RoleSessions = ReadonlyMap<string, number>;

/** Reads `iam list-roles`, the only list with the maximum session duration. */
export const roleSessionsSchema = z
  .object({ Roles: z.array(z.object({ RoleName: z.string(), MaxSessionDuration: z.number().default(3600) })) })
  .transform(({ Roles }): RoleSessions => new Map(Roles.map((role) => [role.RoleName, role.MaxSessionDuration])));

/** What `iam list-roles` prints, of each role its name and its maximum session duration; empty if no role is admin. */
export const roleSessions = {
  name: 'roleSessions',
  schema: roleSessionsSchema,
  actions: ['iam:ListRoles'],
  awsCliFile: 'roles.json',
  dependsOn: ['access'],
} as const satisfies Fact;
