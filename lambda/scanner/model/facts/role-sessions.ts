import { z } from 'zod';

/** The longest session of each role, in seconds, by the name of the role. */
export type RoleSessions = ReadonlyMap<string, number>;

/** Reads `iam list-roles`, which alone of all lists tells how long a session may last. */
export const roleSessionsSchema = z
  .object({ Roles: z.array(z.object({ RoleName: z.string(), MaxSessionDuration: z.number().default(3600) })) })
  .transform(({ Roles }): RoleSessions => new Map(Roles.map((role) => [role.RoleName, role.MaxSessionDuration])));
