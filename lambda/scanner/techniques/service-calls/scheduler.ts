import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon EventBridge Scheduler: a schedule makes the API call of its universal target with the role.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
export const scheduler: readonly PassRoleTechnique[] = [
  {
    id: 'scheduler-create-schedule',
    aliases: ['scheduler-001'],
    title: 'Pass the role to a new EventBridge schedule that makes any API call',
    actions: ['scheduler:CreateSchedule'],
    service: 'scheduler.amazonaws.com',
  },
  {
    id: 'scheduler-update-schedule',
    aliases: [],
    title: 'Pass the role to an existing EventBridge schedule, and make it do any API call',
    actions: ['scheduler:UpdateSchedule'],
    service: 'scheduler.amazonaws.com',
    existing: 'an EventBridge schedule',
    existingKind: 'scheduler-schedule',
  },
];
