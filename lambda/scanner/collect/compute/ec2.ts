import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeInstanceInformationCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Look, type RegionalService, carrier, listAnswered, listed } from './look.ts';

const PAGE_SIZE = 1000;
// Terminated instances are listed for another hour, but cannot start again.
const ALIVE = ['pending', 'running', 'stopping', 'stopped'];

/** The EC2 instances with the role of their instance profile, and those that Systems Manager manages. */
export const lookForInstances: Look = (place) => {
  const instances = instancesWithRole(place);
  return {
    'ec2-instance': instances,
    'ssm-managed-instance': Promise.all([instances, managedInstances(place)]).then(([all, managed]) =>
      all.filter(({ arn }) => managed.has(arn)),
    ),
  };
};

async function instancesWithRole(place: RegionalService) {
  const ec2 = new EC2Client(place.settings);
  const ask = { MaxResults: PAGE_SIZE, Filters: [{ Name: 'instance-state-name', Values: ALIVE }] };
  const reservations = await listed(
    'ec2:DescribeInstances',
    (NextToken) => ec2.send(new DescribeInstancesCommand({ ...ask, NextToken })),
    ({ Reservations, NextToken }) => ({ items: Reservations, next: NextToken }),
  );
  return reservations
    .flatMap(({ Instances }) => listAnswered('ec2:DescribeInstances', Instances))
    .flatMap(({ InstanceId, IamInstanceProfile }) =>
      carrier(InstanceId && instanceArn(place, InstanceId), place.roleInProfile(IamInstanceProfile?.Arn)),
    );
}

/**
 * The ARNs of the instances whose agent is registered with Systems Manager. Only these run its commands.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeInstanceInformation.html
 */
async function managedInstances(place: RegionalService): Promise<ReadonlySet<string>> {
  const ssm = new SSMClient(place.settings);
  const ask = { MaxResults: 50, Filters: [{ Key: 'ResourceType', Values: ['EC2Instance'] }] };
  const nodes = await listed(
    'ssm:DescribeInstanceInformation',
    (NextToken) => ssm.send(new DescribeInstanceInformationCommand({ ...ask, NextToken })),
    ({ InstanceInformationList, NextToken }) => ({ items: InstanceInformationList, next: NextToken }),
  );
  return new Set(nodes.flatMap(({ InstanceId }) => (InstanceId === undefined ? [] : instanceArn(place, InstanceId))));
}

const instanceArn = ({ partition, region, accountId }: RegionalService, id: string) =>
  `arn:${partition}:ec2:${region}:${accountId}:instance/${id}`;
