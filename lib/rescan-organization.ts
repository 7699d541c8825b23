import { Duration } from 'aws-cdk-lib';
import { EventBus, type EventPattern, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { AnyPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { rescan, variables } from '../lambda/handlers/contract.ts';
import { acknowledge } from './acknowledge.ts';
import { functionCode } from './function-code.ts';
import { allowFunctionSettings, functionSettings } from './function-settings.ts';
import { NODE_OPTIONS } from './node-options.ts';
import { changeSources, organizationChanges } from './organization-changes.ts';
import type { IamVigilOrganizationProps } from './organization-props.ts';
import { iamChanges } from './rescan-on-change.ts';
import { common } from './roles.ts';

/** What scans again after changes. */
export interface OrganizationRescan {
  /** The event bus to which the accounts send their changes. */
  readonly bus: EventBus;
  /** The changes that wait for a run. */
  readonly queue: Queue;
}

/** The parts of the deployment that it works with. */
export interface Rescanned {
  readonly stateMachine: IStateMachine;
  readonly logGroup: ILogGroup;
  readonly deadLetterQueue: IQueue;
  /** The timeout of a run. */
  readonly timeout: Duration;
}

const TIMEOUT = Duration.minutes(1);
// What waits for the end of a run is looked at again after this time. Lambda asks for six times the timeout of the function.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
const AGAIN = Duration.minutes(6);
const AFTER_A_RUN = Duration.hours(2);

/** Scans the accounts again in which IAM changed: an event bus for the changes of all accounts, a queue, and a function that starts runs. */
export function rescanOrganization(scope: Construct, props: IamVigilOrganizationProps, rescanned: Rescanned): OrganizationRescan {
  const bus = changeBus(scope, props.organizationId);
  const queue = new Queue(scope, 'Changes', {
    fifo: true,
    contentBasedDeduplication: true,
    deliveryDelay: Duration.seconds(rescan.delaySeconds),
    visibilityTimeout: AGAIN,
    // It outlasts a run. What is lost then, the nightly run finds.
    retentionPeriod: rescanned.timeout.plus(AFTER_A_RUN),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  });
  const fill = (name: string, description: string, eventPattern: EventPattern, message: RuleTargetInput) =>
    new Rule(scope, name, {
      description: `iam-vigil: ${description}`,
      eventBus: bus,
      eventPattern,
      targets: [new SqsQueue(queue, { deadLetterQueue: rescanned.deadLetterQueue, messageGroupId: 'scan', message })],
    });
  // EventBridge tells the account of an event beside its detail.
  fill('OnChange', 'scans an account again after its IAM changed', iamChanges, RuleTargetInput.fromEventPath('$.account'));
  fill(
    'OnOrganizationChange',
    'scans all accounts again after the organization changed',
    organizationChanges,
    RuleTargetInput.fromText(rescan.ofOrganization),
  );
  const reason =
    'What cannot start a run goes back to the queue. An alarm fires when it waits too long, and the nightly run follows.';
  acknowledge(queue, { id: 'AwsSolutions-SQS3', reason }, { id: 'Serverless-SQSRedrivePolicy', reason });
  starter(scope, props, rescanned).addEventSource(
    new SqsEventSource(queue, { batchSize: rescan.mostMessages, reportBatchItemFailures: true }),
  );
  return { bus, queue };
}

/** Accounts of the organization can send these events, and no others. */
function changeBus(scope: Construct, organizationId: string): EventBus {
  const bus = new EventBus(scope, 'ChangeBus', { description: 'iam-vigil: changes of IAM in the accounts of the organization' });
  bus.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Organization',
      principals: [new AnyPrincipal()],
      actions: ['events:PutEvents'],
      resources: [bus.eventBusArn],
      conditions: {
        StringEquals: { 'aws:PrincipalOrgID': organizationId },
        'ForAllValues:StringEquals': { 'events:source': changeSources, 'events:detail-type': organizationChanges.detailType },
      },
    }),
  );
  return bus;
}

/** The function that starts a run. It can list and start runs of the one state machine, and reads no snapshot. */
function starter(scope: Construct, props: IamVigilOrganizationProps, { stateMachine, logGroup }: Rescanned): Function {
  const role = new Role(scope, 'RescanRole', {
    ...common(props, rescan.module),
    description: 'iam-vigil: starts a scan of accounts in which IAM changed',
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  role.addToPolicy(
    new PolicyStatement({
      sid: 'Start',
      actions: ['states:ListExecutions', 'states:StartExecution'],
      resources: [stateMachine.stateMachineArn],
    }),
  );
  allowFunctionSettings(role, props);
  const made = new Function(scope, 'Rescan', {
    description: 'iam-vigil: starts a scan of accounts in which IAM changed',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: `${rescan.module}.handler`,
    code: functionCode('organization', props.config ?? ''),
    memorySize: 512,
    timeout: TIMEOUT,
    ...functionSettings(props),
    role,
    logGroup,
    environment: { NODE_OPTIONS, [variables.stateMachine]: stateMachine.stateMachineArn },
  });
  logGroup.grantWrite(role);
  const reason =
    'What cannot start a run goes back to the queue. An alarm fires when it waits too long, and the nightly run follows.';
  acknowledge(
    made,
    { id: 'Serverless-LambdaTracing', reason: 'The function makes two calls, and its log has what it did.' },
    { id: 'Serverless-LambdaDLQ', reason },
    { id: 'Serverless-LambdaEventSourceMappingDestination', reason },
  );
  return made;
}
