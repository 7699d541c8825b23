import type { PassRoleRule } from '../rule.ts';

/**
 * Amazon EventBridge Scheduler: the role makes the API call that a schedule's universal target describes.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
export const scheduler: readonly PassRoleRule[] = [
  {
    id: 'scheduler-create-schedule',
    aliases: ['scheduler-001'],
    title: 'create an EventBridge schedule that makes an API call of your choice as the role',
    actions: ['scheduler:CreateSchedule'],
    service: 'scheduler.amazonaws.com',
  },
];
