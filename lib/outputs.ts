import { Aws, CfnCondition, CfnOutput, Fn, type Stack } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Schedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { ContextProps } from './context-props.ts';

/** What both deployments have, and people look for. */
export interface Deployed {
  readonly logGroup: ILogGroup;
  readonly deadLetters: Queue;
  readonly schedule: Schedule;
}

/** Outputs for the commands in the documentation: where to look, and who is told. */
export function commonOutputs(
  stack: Stack,
  { logGroup, deadLetters, schedule }: Deployed,
  alarms: Pick<ContextProps, 'alarmEmail' | 'alarmTopicArn'>,
): void {
  const output = (id: string, value: string, description: string) => new CfnOutput(stack, id, { value, description });
  output('LogGroup', logGroup.logGroupName, 'Log of the functions');
  output('DeadLetterQueue', deadLetters.queueUrl, 'Queue of the events that should have started a scan but did not');
  output('ScheduleName', schedule.scheduleName, 'Schedule that starts the scan');
  output('AlarmNotifications', notified(alarms), 'Whom alarms notify');
}

const notified = ({ alarmEmail, alarmTopicArn }: Pick<ContextProps, 'alarmEmail' | 'alarmTopicArn'>): string =>
  alarmEmail === undefined
    ? (alarmTopicArn ?? 'none: alarms are visible in CloudWatch only')
    : `${alarmEmail}, once the address is confirmed`;

/** An output with the link to the findings, in the one partition whose console has this address. */
export function findingsOutput(stack: Stack, region: string): void {
  const condition = new CfnCondition(stack, 'HasConsole', { expression: Fn.conditionEquals(Aws.PARTITION, 'aws') });
  new CfnOutput(stack, 'Findings', {
    value: `https://${region}.console.aws.amazon.com/securityhub/home?region=${region}#/findings`,
    description: 'Security Hub: filter findings by the product name iam-vigil',
    condition,
  });
}
