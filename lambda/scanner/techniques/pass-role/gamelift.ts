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
  {
    id: 'gamelift-create-container-fleet',
    aliases: [],
    title: 'Pass the role to a new GameLift container fleet that runs a custom container',
    actions: ['gamelift:CreateContainerGroupDefinition', 'gamelift:CreateContainerFleet'],
    service: 'gamelift.amazonaws.com',
  },
  {
    id: 'gamelift-create-container-fleet-of-definition',
    aliases: [],
    title: 'Pass the role to a new GameLift container fleet of a definition whose container the principal controls',
    actions: ['gamelift:CreateContainerFleet'],
    service: 'gamelift.amazonaws.com',
    existing: 'a container group definition whose container the principal controls',
  },
  {
    id: 'gamelift-create-game-server-group',
    aliases: [],
    title: 'Pass the role to a new game server group, which launches instances of a custom launch template',
    actions: ['gamelift:CreateGameServerGroup', 'ec2:CreateLaunchTemplate'],
    service: 'gamelift.amazonaws.com',
    existing: 'an instance profile with an admin role',
  },
  {
    id: 'gameliftstreams-start-stream-session',
    aliases: [],
    title: 'Create a GameLift Streams application, and pass the role to a session that runs it',
    actions: ['gameliftstreams:CreateApplication', 'gameliftstreams:CreateStreamGroup', 'gameliftstreams:StartStreamSession'],
    service: 'gameliftstreams.amazonaws.com',
  },
  {
    id: 'gameliftstreams-start-stream-session-of-group',
    aliases: [],
    title: 'Pass the role to a session of a GameLift Streams application that the principal controls',
    actions: ['gameliftstreams:StartStreamSession'],
    service: 'gameliftstreams.amazonaws.com',
    existing: 'a stream group with an application that the principal controls',
  },
];
