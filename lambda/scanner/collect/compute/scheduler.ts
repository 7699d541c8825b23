import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { type Look, computeAt, listed } from './look.ts';

/** The schedules of EventBridge Scheduler. AWS does not list their roles; a new one can be passed to each. */
export const lookForSchedules: Look = ({ settings }) => {
  const scheduler = new SchedulerClient(settings);
  const schedules = listed(
    'scheduler:ListSchedules',
    (NextToken) => scheduler.send(new ListSchedulesCommand({ NextToken, MaxResults: 100 })),
    (page) => ({ items: page.Schedules, next: page.NextToken }),
  );
  return { 'scheduler-schedule': schedules.then((all) => all.flatMap(({ Arn }) => computeAt(Arn))) };
};
