import type { PassRoleRule } from '../rule.ts';

/** Amazon GameLift: the role's credentials lie on the instances that run the actor's build. */
export const gamelift: readonly PassRoleRule[] = [
  {
    id: 'gamelift-create-fleet',
    aliases: ['gamelift-001'],
    title: 'upload a GameLift build of your own and create a fleet that runs it with the role',
    actions: ['gamelift:CreateBuild', 'gamelift:CreateFleet', 'gamelift:RequestUploadCredentials'],
    service: 'gamelift.amazonaws.com',
  },
];
