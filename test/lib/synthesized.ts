import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { IamVigilStack, type IamVigilStackProps } from '../../lib/iam-vigil-stack.ts';

/** What an app does besides, each of which takes longer than all the rest. */
interface Besides {
  /** Copies the code into the assets. */
  readonly bundling?: boolean;
  /** Has the CDK hold every template against what CloudFormation takes. */
  readonly validation?: boolean;
}

/** An app with the feature flags of the project. */
export const anApp = ({ bundling = false, validation = false }: Besides = {}): App =>
  new App({
    context: { ...cdkJson.context, ...(bundling ? {} : { 'aws:cdk:bundling-stacks': [] }) },
    analyticsReporting: false,
    builtinCloudFormationValidation: validation,
  });

/** The stack's template, with these settings. */
export const templateOf = (props: IamVigilStackProps = {}): Template =>
  Template.fromStack(new IamVigilStack(anApp(), 'Test', props));

/** Everything that can be set, for what exists already in the account. */
export const everything: IamVigilStackProps = {
  at: '02:30',
  timeZone: 'Europe/Berlin',
  flexibleWindowMinutes: 60,
  findingsRegion: 'eu-central-1',
  insight: true,
  dashboard: true,
  rescanOnChange: true,
  boundary: 'MustHave',
  rolePath: '/security/',
  namePrefix: 'iam-vigil-eu',
  encryptionKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555',
  environmentKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/66666666-7777-8888-9999-000000000000',
  memoryMegabytes: 3008,
  timeoutMinutes: 10,
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  securityGroupIds: ['sg-0123456789abcdef0'],
  alarmTopicArn: 'arn:aws:sns:eu-central-1:111122223333:alarms',
  readers: ['arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Security_*'],
  digestTopicArn: 'arn:aws:sns:eu-central-1:111122223333:digest',
  digestEmail: 'security@example.com',
  retentionDays: 90,
  logRetentionDays: 30,
  deleteWithStack: true,
  tags: { team: 'security' },
};

/** One statement of a policy in a template; `Resource` is as the template has it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** The statements of the role that the function runs as, or of the schedule's. */
export function statementsOf(template: Template, role: 'ScanRole' | 'ScheduleRole'): readonly Statement[] {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.includes(role));
  return policies.flatMap(([, policy]) => statementsIn(policy));
}

/** The statements of a policy in a template. */
export const statementsIn = (policy: unknown): readonly Statement[] =>
  (policy as { Properties: { PolicyDocument: { Statement: Statement[] } } }).Properties.PolicyDocument.Statement;

/** The actions of statements. */
export const actionsOf = (statements: readonly Statement[]): readonly string[] =>
  statements.flatMap(({ Action }) => Action).toSorted();
