import { isOwnRole } from '../facts/identity.ts';
import type { Json } from '../model/json.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { type Observed, collected } from '../model/observed.ts';
import { type Access, isAdminCapable } from '../model/verdict.ts';
import type { Aws } from './aws.ts';
import { unseen } from './failure.ts';
import { allPages, listIn } from './pages.ts';
import { ListRolesCommand } from './client-iam.ts';
import { toJson } from './to-json.ts';

const PAGE_SIZE = 1000;

/** The limits on the sessions of roles. Collected only if a role that the account can change is, or can become, admin. */
export async function collectRoleSessions(
  { iam }: Aws,
  { identities }: Pick<Snapshot['facts'], 'identities'>,
  access: Observed<Access>,
): Promise<Observed<Json>> {
  if (identities.status === 'unavailable') return identities;
  if (access.status === 'unavailable') return access;
  const isAdmin = (arn: string) => {
    const verdict = access.value.get(arn);
    return verdict !== undefined && isAdminCapable(verdict);
  };
  if (!identities.value.roles.some((role) => isOwnRole(role) && isAdmin(role.arn))) return collected({ Roles: [] });
  try {
    const pages = await allPages((marker) => iam.send(new ListRolesCommand({ MaxItems: PAGE_SIZE, ...marker })));
    const roles = pages.flatMap((page) => listIn(page.Roles));
    // The identities already contain the trust policies, which the command does not read.
    return collected({ Roles: toJson(roles) });
  } catch (error) {
    return unseen(error, 'iam:ListRoles');
  }
}
