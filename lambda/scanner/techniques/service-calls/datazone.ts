import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon DataZone: members of an environment or a domain get credentials of its role.
 * https://docs.aws.amazon.com/datazone/latest/APIReference/API_GetEnvironmentCredentials.html
 */
export const datazone: readonly PassRoleTechnique[] = [
  {
    id: 'datazone-associate-environment-role',
    aliases: [],
    title: 'Pass the role to a DataZone environment, and get its credentials from there',
    actions: ['datazone:AssociateEnvironmentRole', 'datazone:GetEnvironmentCredentials'],
    service: 'datazone.amazonaws.com',
    existing: 'a DataZone environment that the principal belongs to',
  },
  {
    id: 'datazone-create-domain',
    aliases: [],
    title: 'Pass the role to a new DataZone domain, and get its credentials from there',
    actions: ['datazone:CreateDomain', 'datazone:GetDomainExecutionRoleCredentials'],
    service: 'datazone.amazonaws.com',
    existing: 'a user of DataZone that the principal can sign in as',
  },
  {
    id: 'datazone-put-environment-blueprint-configuration',
    aliases: [],
    title: 'Pass the role to a blueprint of a DataZone domain, which creates environments with it',
    actions: ['datazone:PutEnvironmentBlueprintConfiguration'],
    service: 'datazone.amazonaws.com',
    existing: 'a DataZone domain whose blueprints the principal can write',
  },
];
