import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Deadline Cloud: a worker, and a user of a queue, get credentials of its role by a call.
 * https://docs.aws.amazon.com/deadline-cloud/latest/APIReference/API_AssumeQueueRoleForUser.html
 */
export const deadline: readonly PassRoleTechnique[] = [
  {
    id: 'deadline-create-queue',
    aliases: [],
    title: 'Create a Deadline Cloud farm, pass the role to a new queue, and get its credentials',
    actions: ['deadline:CreateFarm', 'deadline:CreateQueue', 'deadline:AssumeQueueRoleForUser'],
    service: 'credentials.deadline.amazonaws.com',
  },
  {
    id: 'deadline-create-fleet',
    aliases: [],
    title: 'Create a Deadline Cloud farm, pass the role to a new fleet, and get its credentials as a worker',
    actions: ['deadline:CreateFarm', 'deadline:CreateFleet', 'deadline:CreateWorker', 'deadline:AssumeFleetRoleForWorker'],
    service: 'credentials.deadline.amazonaws.com',
  },
  {
    id: 'deadline-update-queue',
    aliases: [],
    title: 'Pass the role to an existing Deadline Cloud queue, and get its credentials',
    actions: ['deadline:UpdateQueue', 'deadline:AssumeQueueRoleForUser'],
    service: 'credentials.deadline.amazonaws.com',
    existing: 'a Deadline Cloud queue',
  },
  {
    id: 'deadline-update-fleet',
    aliases: [],
    title: 'Pass the role to an existing Deadline Cloud fleet, and get its credentials as a worker',
    actions: ['deadline:UpdateFleet', 'deadline:CreateWorker', 'deadline:AssumeFleetRoleForWorker'],
    service: 'credentials.deadline.amazonaws.com',
    existing: 'a Deadline Cloud fleet that customers manage',
  },
  {
    id: 'deadline-create-monitor',
    aliases: [],
    title: 'Pass the role to a new Deadline Cloud monitor, and sign in to it',
    actions: ['deadline:CreateMonitor'],
    service: 'credentials.deadline.amazonaws.com',
    existing: 'a user of IAM Identity Center that the principal can sign in as',
  },
  {
    id: 'deadline-update-monitor',
    aliases: [],
    title: 'Pass the role to an existing Deadline Cloud monitor, and sign in to it',
    actions: ['deadline:UpdateMonitor'],
    service: 'credentials.deadline.amazonaws.com',
    existing: 'a Deadline Cloud monitor that the principal can sign in to',
  },
];
