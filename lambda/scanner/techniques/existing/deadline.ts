import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * AWS Deadline Cloud: a user of a queue gets credentials of its role by a call.
 * https://docs.aws.amazon.com/deadline-cloud/latest/APIReference/API_AssumeQueueRoleForUser.html
 */
export const deadline: readonly ExistingComputeTechnique[] = [
  {
    id: 'deadline-assume-queue-role',
    aliases: [],
    title: 'Get the credentials of a Deadline Cloud queue that has the role',
    actions: ['deadline:AssumeQueueRoleForUser'],
    service: 'credentials.deadline.amazonaws.com',
    compute: 'a Deadline Cloud queue',
  },
  {
    id: 'deadline-assume-fleet-role',
    aliases: [],
    title: 'Get the credentials of a Deadline Cloud fleet that has the role, as a new worker',
    actions: ['deadline:CreateWorker', 'deadline:AssumeFleetRoleForWorker'],
    service: 'credentials.deadline.amazonaws.com',
    compute: 'a Deadline Cloud fleet',
  },
];
