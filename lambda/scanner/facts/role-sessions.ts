import { z } from 'zod';
import type { Fact } from './fact.ts';
import { partlyReadWholeList } from './lenient.ts';

/** How long sessions of a role last at most. */
export interface RoleSession {
  /** A session of a principal that assumes the role, in seconds. */
  readonly seconds: number;
  /** A sign-in session of people who sign in with the role; absent where the role has no such setting. */
  readonly signInSeconds?: number;
}

/** The limits on sessions of each role, by the name of the role. */
export type RoleSessions = ReadonlyMap<string, RoleSession>;

const role = z.object({
  RoleName: z.string(),
  MaxSessionDuration: z.number(),
  // AWS leaves out a setting that is not set.
  MaxSigninSessionDuration: z.number().nullish(),
});

/** Reads `iam list-roles`, the only list with the limits on sessions. A role that cannot be read has none here. */
export const roleSessionsSchema = z
  .object({ Roles: partlyReadWholeList('Roles', role) })
  .transform(({ Roles }): RoleSessions => new Map(Roles.items.map((item) => [item.RoleName, sessionOf(item)])));

const sessionOf = ({ MaxSessionDuration: seconds, MaxSigninSessionDuration: signIn }: z.output<typeof role>): RoleSession => ({
  seconds,
  ...(signIn == null ? {} : { signInSeconds: signIn }),
});

/** What `iam list-roles` prints, of each role its name and the limits on its sessions; empty if no role is admin. */
export const roleSessions = {
  name: 'roleSessions',
  schema: roleSessionsSchema,
  actions: ['iam:ListRoles'],
  awsCliFile: 'roles.json',
  dependsOn: ['access'],
} as const satisfies Fact;
