import type { PassRoleTechnique } from '../compute-technique.ts';

/** Amazon GameLift: the credentials of the role are on the instances that run the custom build. */
export const gamelift: readonly PassRoleTechnique[] = [
  {
    id: 'gamelift-create-fleet',
    aliases: ['gamelift-001'],
    title: 'Upload a custom GameLift build and pass the role to a new fleet that runs it',
    actions: ['gamelift:CreateBuild', 'gamelift:CreateFleet', 'gamelift:RequestUploadCredentials'],
    service: 'gamelift.amazonaws.com',
  },
];
