import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Directory Service: users and groups of a directory get the role in the console.
 * https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_manage_roles.html
 */
export const ds: readonly PassRoleTechnique[] = [
  {
    id: 'ds-enable-role-access',
    aliases: [],
    title: 'Assign the role to a user of a directory, and sign in as that user',
    actions: ['ds:EnableRoleAccess'],
    service: 'ds.amazonaws.com',
    existing: 'a directory with console access and a user that the principal can sign in as',
  },
];
