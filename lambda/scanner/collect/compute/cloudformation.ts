import {
  CloudFormationClient,
  DescribeStackSetCommand,
  DescribeStacksCommand,
  ListStackInstancesCommand,
  ListStackSetsCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { type Carrier, type Look, type RegionalService, answered, carrier, computeAt, listed } from './look.ts';

/** The CloudFormation stacks with a service role, all stacks, and the stack sets. */
export const lookForStacks: Look = (place) => {
  const cloudformation = new CloudFormationClient(place.settings);
  const stacks = stacksIn(cloudformation);
  return {
    'cloudformation-stack': stacks.then((all) => all.flatMap(({ StackId, RoleARN }) => carrier(StackId, place.roleArn(RoleARN)))),
    'updatable-stack': stacks.then((all) => all.flatMap(({ StackId }) => computeAt(StackId))),
    'cloudformation-stack-set': stackSetsIn(cloudformation, place),
  };
};

/**
 * Stacks in these states can only be deleted.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
const isFinished = (status: string | undefined): boolean =>
  status === 'CREATE_FAILED' ||
  status === 'ROLLBACK_COMPLETE' ||
  status === 'ROLLBACK_FAILED' ||
  (status ?? '').startsWith('DELETE_');

/** A stack without a service role uses the permissions of the principal that updates it, unless that principal passes a role. */
async function stacksIn(cloudformation: CloudFormationClient): Promise<readonly Stack[]> {
  const stacks = await listed(
    'cloudformation:DescribeStacks',
    (NextToken) => cloudformation.send(new DescribeStacksCommand({ NextToken })),
    ({ Stacks, NextToken }) => ({ items: Stacks, next: NextToken }),
  );
  return stacks.filter(({ StackStatus }) => !isFinished(StackStatus));
}

/**
 * The stack sets that deploy into this account with roles of the account. Others use roles that CloudFormation manages.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
 */
async function stackSetsIn(cloudformation: CloudFormationClient, place: RegionalService): Promise<readonly Carrier[]> {
  const sets = await listed(
    'cloudformation:ListStackSets',
    (NextToken) => cloudformation.send(new ListStackSetsCommand({ NextToken, Status: 'ACTIVE' })),
    ({ Summaries, NextToken }) => ({ items: Summaries, next: NextToken }),
  );
  const selfManaged = sets.filter(({ PermissionModel }) => PermissionModel !== 'SERVICE_MANAGED');
  return (await Promise.all(selfManaged.map(({ StackSetName }) => stackSetHere(cloudformation, place, StackSetName)))).flat();
}

/** The stack set with its administration role; empty if none of its stack instances is in this account. */
async function stackSetHere(
  cloudformation: CloudFormationClient,
  { accountId }: RegionalService,
  StackSetName: string | undefined,
): Promise<readonly Carrier[]> {
  const instances = await listed(
    'cloudformation:ListStackInstances',
    (NextToken) =>
      cloudformation.send(new ListStackInstancesCommand({ StackSetName, StackInstanceAccount: accountId, NextToken })),
    ({ Summaries, NextToken }) => ({ items: Summaries, next: NextToken }),
  );
  if (instances.length === 0) return [];
  const { StackSet } = await answered(
    'cloudformation:DescribeStackSet',
    cloudformation.send(new DescribeStackSetCommand({ StackSetName })),
  );
  return computeAt(StackSet?.StackSetARN, StackSet?.AdministrationRoleARN);
}
