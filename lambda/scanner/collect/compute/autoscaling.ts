import {
  type AutoScalingGroup,
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  type LaunchTemplateSpecification,
} from '@aws-sdk/client-auto-scaling';
import { DescribeLaunchTemplatesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { FailedCall } from '../failure.ts';
import { type Carrier, type Look, type RegionalService, computeAt, listed } from './look.ts';

const DESCRIBE_GROUPS = 'autoscaling:DescribeAutoScalingGroups';

/**
 * The launch templates, the Auto Scaling groups, and of which launch templates these groups launch the latest or the default version.
 * Each version can have another instance profile, so that no role belongs to any of them.
 */
export const lookForLaunches: Look = (place) => {
  const groups = groupsIn(place);
  const launchedBy = (version: string) =>
    groups.then((all) => {
      const followed = all
        .filter(isLaunching)
        .flatMap(templatesOf)
        .filter(({ Version = '$Default' }) => Version === version);
      return [...new Set(followed.map((template) => templateArn(place, idOf(template))))].flatMap((arn) => computeAt(arn));
    });
  return {
    'ec2-launch-template': templatesIn(place),
    'autoscaling-group': groups.then((all) => all.flatMap(({ AutoScalingGroupARN }) => computeAt(AutoScalingGroupARN))),
    'latest-launch-template': launchedBy('$Latest'),
    'default-launch-template': launchedBy('$Default'),
  };
};

/** The groups, without those that are being deleted: only these have a status. */
async function groupsIn({ settings }: RegionalService): Promise<readonly AutoScalingGroup[]> {
  const autoscaling = new AutoScalingClient(settings);
  const groups = await listed(
    DESCRIBE_GROUPS,
    (NextToken) => autoscaling.send(new DescribeAutoScalingGroupsCommand({ NextToken, MaxRecords: 100 })),
    ({ AutoScalingGroups, NextToken }) => ({ items: AutoScalingGroups, next: NextToken }),
  );
  return groups.filter(({ Status }) => Status === undefined);
}

async function templatesIn(place: RegionalService): Promise<readonly Carrier[]> {
  const ec2 = new EC2Client(place.settings);
  const templates = await listed(
    'ec2:DescribeLaunchTemplates',
    (NextToken) => ec2.send(new DescribeLaunchTemplatesCommand({ NextToken, MaxResults: 200 })),
    ({ LaunchTemplates, NextToken }) => ({ items: LaunchTemplates, next: NextToken }),
  );
  return templates.flatMap(({ LaunchTemplateId }) => computeAt(LaunchTemplateId && templateArn(place, LaunchTemplateId)));
}

/** Whether the group can launch instances now. */
const isLaunching = ({ MaxSize, SuspendedProcesses = [] }: AutoScalingGroup): boolean =>
  MaxSize !== 0 && SuspendedProcesses.every(({ ProcessName }) => ProcessName !== 'Launch');

/** All launch templates of a group: each instance type of a mixed group can have its own. */
const templatesOf = ({ LaunchTemplate, MixedInstancesPolicy }: AutoScalingGroup): readonly LaunchTemplateSpecification[] => {
  const { LaunchTemplateSpecification: main, Overrides = [] } = MixedInstancesPolicy?.LaunchTemplate ?? {};
  return [LaunchTemplate, main, ...Overrides.map((override) => override.LaunchTemplateSpecification)].flatMap(
    (some) => some ?? [],
  );
};

function idOf({ LaunchTemplateId }: LaunchTemplateSpecification): string {
  if (LaunchTemplateId === undefined)
    throw new FailedCall(DESCRIBE_GROUPS, new Error('AWS left the ID of a launch template out of its answer'));
  return LaunchTemplateId;
}

const templateArn = ({ partition, region, accountId }: RegionalService, id: string) =>
  `arn:${partition}:ec2:${region}:${accountId}:launch-template/${id}`;
