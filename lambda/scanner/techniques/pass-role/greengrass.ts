import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS IoT Greengrass V1: components on a core device get credentials of the role of the group.
 * https://docs.aws.amazon.com/greengrass/v1/developerguide/group-role.html
 */
export const greengrass: readonly PassRoleTechnique[] = [
  {
    id: 'greengrass-associate-role-to-group',
    aliases: [],
    title: 'Pass the role to a Greengrass group, and get its credentials on a core device',
    actions: ['greengrass:AssociateRoleToGroup'],
    service: 'greengrass.amazonaws.com',
    existing: 'a Greengrass group with a core device that the principal controls',
  },
];
