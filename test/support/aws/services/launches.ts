import type { Call, Handler, Handlers, Served } from '../call.ts';
import { type Thing, thingsOf, tokenPage } from '../inventory.ts';

const NEXT = { token: 'NextToken', size: 'MaxResults' } as const;

const describeLaunchTemplates: Handler = (served, call) => {
  const { items, next } = tokenPage(served, call, thingsOf(served, call, 'ec2-launch-template'), NEXT);
  return { launchTemplates: items.map(({ name }) => ({ launchTemplateId: name })), nextToken: next };
};

/** The templates that groups launch: the latest version, or the default one, which is meant if none is named. */
const templates = (served: Served, call: Call) => [
  ...thingsOf(served, call, 'latest-launch-template').map(({ name }) => ({ LaunchTemplateId: name, Version: '$Latest' })),
  ...thingsOf(served, call, 'default-launch-template').map(({ name }) => ({ LaunchTemplateId: name })),
  { LaunchTemplateId: 'lt-33333333', Version: '3' },
];

/** The first group launches all these templates, in one of three ways each. */
const launched = ([main, second, ...others]: ReturnType<typeof templates>) => ({
  LaunchTemplate: main ?? null,
  MixedInstancesPolicy: {
    LaunchTemplate: {
      LaunchTemplateSpecification: second ?? null,
      Overrides: others.map((other) => ({ LaunchTemplateSpecification: other })),
    },
  },
});

/** A group whose name begins with `empty` or `suspended` launches nothing, and one that begins with `deleted` is being deleted. */
const describeAutoScalingGroups: Handler = (served, call) => {
  const groups = thingsOf(served, call, 'autoscaling-group');
  const { items, next } = tokenPage(served, call, groups, { token: 'NextToken', size: 'MaxRecords' });
  const groupOf = (thing: Thing) => ({
    AutoScalingGroupName: thing.name,
    AutoScalingGroupARN: thing.arn,
    ...{ MinSize: 0, MaxSize: thing.name.startsWith('empty') ? 0 : 4, DesiredCapacity: 0, DefaultCooldown: 300 },
    ...{ AvailabilityZones: ['eu-west-1a'], HealthCheckType: 'EC2', CreatedTime: '2024-03-01T10:20:30Z' },
    Status: thing.name.startsWith('deleted') ? 'Delete in progress' : null,
    SuspendedProcesses: thing.name.startsWith('suspended') ? [{ ProcessName: 'Launch', SuspensionReason: 'by a user' }] : [],
    ...(thing.arn === groups[0]?.arn ? launched(templates(served, call)) : {}),
  });
  return { AutoScalingGroups: items.map(groupOf), NextToken: next };
};

const listSchedules: Handler = (served, call) => {
  const { items, next } = tokenPage(served, call, thingsOf(served, call, 'scheduler-schedule'), NEXT);
  return { Schedules: items.map(({ arn, name }) => ({ Arn: arn, Name: name })), NextToken: next };
};

/** The actions that list what launches instances or makes calls later. */
export const launches: Readonly<Record<'ec2' | 'autoscaling' | 'scheduler', Handlers>> = {
  ec2: new Map([['DescribeLaunchTemplates', describeLaunchTemplates]]),
  autoscaling: new Map([['DescribeAutoScalingGroups', describeAutoScalingGroups]]),
  scheduler: new Map([['ListSchedules', listSchedules]]),
};
