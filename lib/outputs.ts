import { Aws, CfnCondition, CfnOutput, Fn, type Stack } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Schedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { ContextProps } from './context-props.ts';

/** What both deployments have, and people look for. */
export interface Deployed {
  readonly logGroup: ILogGroup;
  readonly deadLetters: Queue;
  readonly schedule: Schedule;
  readonly dashboard: Dashboard | undefined;
}

/** Outputs for the commands in the documentation: where to look, and who is told. */
export function commonOutputs(
  stack: Stack,
  { logGroup, deadLetters, schedule, dashboard }: Deployed,
  alarms: Pick<ContextProps, 'alarmEmail' | 'alarmTopicArn'>,
): void {
  const output = (id: string, value: string, description: string) => new CfnOutput(stack, id, { value, description });
  output('LogGroup', logGroup.logGroupName, 'Log of the functions');
  output('DeadLetterQueue', deadLetters.queueUrl, 'Queue of the events that should have started a scan but did not');
  output('ScheduleName', schedule.scheduleName, 'Schedule that starts the scan');
  output('AlarmNotifications', notified(alarms), 'Whom alarms notify');
  if (dashboard)
    consoleOutput(stack, 'DashboardLink', {
      value: `https://${stack.region}.console.aws.amazon.com/cloudwatch/home?region=${stack.region}#dashboards/dashboard/${dashboard.dashboardName}`,
      description: 'CloudWatch dashboard: findings, admins, what could not be seen, the last runs and the alarms',
    });
}

const notified = ({ alarmEmail, alarmTopicArn }: Pick<ContextProps, 'alarmEmail' | 'alarmTopicArn'>): string =>
  alarmEmail === undefined
    ? (alarmTopicArn ?? 'none: alarms are visible in CloudWatch only')
    : `${alarmEmail}, once the address is confirmed`;

/** An output with the link to the findings. */
export function findingsOutput(stack: Stack, region: string): void {
  consoleOutput(stack, 'Findings', {
    value: `https://${region}.console.aws.amazon.com/securityhub/home?region=${region}#/findings`,
    description: 'Security Hub: filter findings by the product name iam-vigil',
  });
}

const HAS_CONSOLE = 'HasConsole';

/** An output with a link to the console, in the one partition whose console has this address. */
function consoleOutput(stack: Stack, id: string, link: { readonly value: string; readonly description: string }): void {
  const existing = stack.node.tryFindChild(HAS_CONSOLE);
  const condition =
    existing instanceof CfnCondition
      ? existing
      : new CfnCondition(stack, HAS_CONSOLE, { expression: Fn.conditionEquals(Aws.PARTITION, 'aws') });
  new CfnOutput(stack, id, { ...link, condition });
}
