import { isAdminSomewhere } from '../../model/reach.ts';
import type { VerdictWithUsers } from '../../model/role-people.ts';
import { peopleWithAdminAccess } from '../../organization/identity-center-users.ts';

const verdictWords = {
  admin: 'admin',
  'can-become-admin': 'can become admin',
  'can-grant-admin': 'can make others admin',
  conditional: 'conditional',
} as const;

/** Whether a principal is counted among the admins: the root user is not, and platform roles are counted separately. */
export const isCounted = ({ platform, type }: VerdictWithUsers): boolean => !platform && type !== 'root';

/**
 * How many principals are, or can become, admin: `15 admin, 14 can become admin, …; 21 platform roles`. People of IAM Identity Center
 * are counted where they are known.
 */
export function adminCounts(principals: readonly VerdictWithUsers[]): string {
  const admins = principals.filter(isAdminSomewhere);
  const own = admins.filter(isCounted);
  const parts = Object.entries(verdictWords).map(
    ([verdict, words]) => `${own.filter((principal) => principal.verdict === verdict).length} ${words}`,
  );
  const elsewhere = own.filter(({ verdict }) => verdict === 'none').length;
  if (elsewhere > 0) parts.push(`${elsewhere} in other accounts only`);
  const platformRoles = admins.filter(({ platform }) => platform).length;
  const people = peopleWithAdminAccess(admins).length;
  return [
    parts.join(', '),
    `${platformRoles} platform ${platformRoles === 1 ? 'role' : 'roles'}`,
    ...(people === 0 ? [] : [`${people} ${people === 1 ? 'person' : 'people'} through IAM Identity Center`]),
  ].join('; ');
}
