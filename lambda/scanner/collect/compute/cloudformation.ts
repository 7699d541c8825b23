import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type Look, carrier, listed } from './look.ts';

/** The CloudFormation stacks with a service role. Other stacks use the permissions of the principal that updates them. */
export const lookForStacks: Look = ({ settings, roleArn }) => {
  const cloudformation = new CloudFormationClient(settings);
  const stacks = listed(
    'cloudformation:DescribeStacks',
    (NextToken) => cloudformation.send(new DescribeStacksCommand({ NextToken })),
    ({ Stacks, NextToken }) => ({ items: Stacks, next: NextToken }),
  );
  return {
    'cloudformation-stack': stacks.then((all) =>
      all
        .filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE')
        .flatMap(({ StackId, RoleARN }) => carrier(StackId, roleArn(RoleARN))),
    ),
  };
};
