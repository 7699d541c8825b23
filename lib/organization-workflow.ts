import { Duration } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import {
  DistributedMap,
  type IChainable,
  JitterType,
  JsonPath,
  ResultWriterV2,
  S3JsonLItemReader,
  TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions';
import { EventBridgePutEvents, LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { type OrganizationState, runEnded } from '../lambda/handlers/contract.ts';

/** The parts and settings of a run. */
export interface OrganizationWorkflow {
  readonly functions: Readonly<Record<OrganizationState, Function>>;
  readonly store: Bucket;
  /** How many accounts are scanned in parallel. */
  readonly scanning: number;
  /** How many accounts are delivered in parallel. */
  readonly delivering: number;
  readonly toleratedFailurePercentage: number;
}

/**
 * A scan of the organization: plan, scan each account, correlate, deliver each account, summarize, and publish an event. States pass
 * only names to each other; large data is in the store. Every state can be retried.
 */
export function organizationWorkflow(scope: Construct, workflow: OrganizationWorkflow): IChainable {
  const { functions, toleratedFailurePercentage } = workflow;
  // The types of the CDK do not support exact optional properties.
  const store = workflow.store as IBucket;
  const run = { run: JsonPath.objectAt('$.run') };
  const invoke = (id: string, state: OrganizationState, payload: Record<string, unknown>) =>
    again(
      new LambdaInvoke(scope, id, {
        lambdaFunction: functions[state],
        payload: TaskInput.fromObject(payload),
        payloadResponseOnly: true,
        retryOnServiceExceptions: false,
      }),
    );
  const eachAccount = (id: string, itemsPath: string, maxConcurrency: number, task: LambdaInvoke) =>
    new DistributedMap(scope, id, {
      itemReader: new S3JsonLItemReader({ bucket: store, key: JsonPath.stringAt(itemsPath) }),
      itemSelector: { ...run, account: JsonPath.stringAt('$$.Map.Item.Value.account') },
      maxConcurrency,
      toleratedFailurePercentage,
      resultWriterV2: new ResultWriterV2({ bucket: store, prefix: 'organizations/maps' }),
      resultPath: JsonPath.DISCARD,
    }).itemProcessor(task);
  const ofItem = { ...run, account: JsonPath.stringAt('$.account') };

  return invoke('Plan', 'plan', {
    run: { id: JsonPath.stringAt('$$.Execution.Name'), startedAt: JsonPath.stringAt('$$.Execution.StartTime') },
    input: JsonPath.objectAt('$$.Execution.Input'),
  })
    .next(eachAccount('Scan accounts', '$.scans', workflow.scanning, invoke('Scan account', 'scan-member', ofItem)))
    .next(invoke('Correlate', 'correlate', run))
    .next(eachAccount('Deliver accounts', '$.deliveries', workflow.delivering, invoke('Deliver account', 'deliver', ofItem)))
    .next(invoke('Summarize', 'summarize', run))
    .next(
      again(
        new EventBridgePutEvents(scope, 'Tell', {
          entries: [
            {
              source: runEnded.source,
              detailType: runEnded.type,
              eventBus: EventBus.fromEventBusName(scope, 'DefaultBus', 'default'),
              detail: TaskInput.fromJsonPathAt('$'),
            },
          ],
          resultPath: JsonPath.DISCARD,
        }),
      ),
    );
}

/** Retries: often if the function could not start, which is temporary; less often for any other error, which may be temporary. */
function again<T extends LambdaInvoke | EventBridgePutEvents>(task: T): T {
  const later = { jitterStrategy: JitterType.FULL, maxDelay: Duration.minutes(5) };
  task.addRetry({
    errors: [
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.TooManyRequestsException',
    ],
    interval: Duration.seconds(2),
    backoffRate: 2,
    maxAttempts: 10,
    ...later,
  });
  task.addRetry({ interval: Duration.seconds(20), backoffRate: 3, maxAttempts: 2, ...later });
  return task;
}
