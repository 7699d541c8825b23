import { isAdminSomewhere } from '../../model/reach.ts';
import type { VerdictWithUsers } from '../../model/role-people.ts';
import { peopleWithAdminAccess } from '../../organization/identity-center-users.ts';
import { verdictCounts } from '../verdict-counts.ts';

/**
 * How many principals are, or can become, admin: `15 admin, 14 can become admin, …; 21 platform roles`. People of IAM Identity Center
 * are counted where they are known.
 */
export function adminCounts(principals: readonly VerdictWithUsers[]): string {
  const counts = verdictCounts(principals);
  const parts = [
    `${counts.admin} admin`,
    `${counts['can-become-admin']} can become admin`,
    `${counts['can-grant-admin']} can make others admin`,
    `${counts.conditional} conditional`,
    ...(counts.none > 0 ? [`${counts.none} in other accounts only`] : []),
  ];
  const people = peopleWithAdminAccess(principals.filter(isAdminSomewhere)).length;
  return [
    parts.join(', '),
    `${counts.platform} platform ${counts.platform === 1 ? 'role' : 'roles'}`,
    ...(people === 0 ? [] : [`${people} ${people === 1 ? 'person' : 'people'} through IAM Identity Center`]),
  ].join('; ');
}
