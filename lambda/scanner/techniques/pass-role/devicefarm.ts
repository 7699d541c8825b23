import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Device Farm: the custom commands of a test run have credentials of the execution role.
 * https://docs.aws.amazon.com/devicefarm/latest/developerguide/custom-test-environments-iam-roles.html
 */
export const devicefarm: readonly PassRoleTechnique[] = [
  {
    id: 'devicefarm-create-project',
    aliases: [],
    title: 'Pass the role to a new Device Farm project, and schedule a run with custom commands',
    actions: ['devicefarm:CreateProject', 'devicefarm:CreateUpload', 'devicefarm:ScheduleRun'],
    service: 'devicefarm.amazonaws.com',
  },
  {
    id: 'devicefarm-update-project',
    aliases: [],
    title: 'Pass the role to an existing Device Farm project, and schedule a run with custom commands',
    actions: ['devicefarm:UpdateProject', 'devicefarm:CreateUpload', 'devicefarm:ScheduleRun'],
    service: 'devicefarm.amazonaws.com',
    existing: 'a Device Farm project',
  },
  {
    id: 'devicefarm-schedule-run',
    aliases: [],
    title: 'Pass the role to a run of a Device Farm project, with custom commands',
    actions: ['devicefarm:CreateUpload', 'devicefarm:ScheduleRun'],
    service: 'devicefarm.amazonaws.com',
    existing: 'a Device Farm project',
  },
];
