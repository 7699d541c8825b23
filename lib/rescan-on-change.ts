import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Match, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** How the names of the IAM actions that change something begin. A scan calls none of them, so that it does not start the next one. */
const changing = [
  ...['Accept', 'Add', 'Associate', 'Attach', 'Change', 'Create', 'Deactivate', 'Delegate', 'Delete', 'Detach', 'Disable'],
  ...['Enable', 'Put', 'Reject', 'Remove', 'Reset', 'Resync', 'Send', 'Set', 'Tag', 'Untag', 'Update', 'Upload'],
] as const;

/**
 * Changes of IAM that succeeded, as CloudTrail tells them. EventBridge gets them in one Region of the partition, us-east-1 in `aws`, and only
 * if a trail there records management events. https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-iam.html
 */
export const iamChanges: EventPattern = {
  source: ['aws.iam'],
  detailType: ['AWS API Call via CloudTrail'],
  detail: {
    eventSource: ['iam.amazonaws.com'],
    eventName: changing.map((prefix) => ({ prefix })),
    errorCode: Match.doesNotExist(),
  },
};

// A FIFO queue drops what it got within the five minutes before, so all changes of five minutes are one message. Its delay is two minutes
// longer: IAM is eventually consistent, and the scan must see the last of these changes.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html
const DELAY = Duration.minutes(7);

/** Scans again after IAM changed: at most once in five minutes, and one scan at a time. */
export function rescanOnChange(scope: Construct, scan: Function, timeout: Duration, deadLetterQueue: IQueue): Queue {
  const queue = new Queue(scope, 'Changes', {
    fifo: true,
    contentBasedDeduplication: true,
    deliveryDelay: DELAY,
    visibilityTimeout: timeout,
    // A scan that failed is tried once more. An alarm tells of it, and the nightly scan follows.
    retentionPeriod: timeout.plus(DELAY),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  });
  new Rule(scope, 'OnChange', {
    description: 'iam-vigil: scans again after IAM changed',
    eventPattern: iamChanges,
    targets: [new SqsQueue(queue, { deadLetterQueue, messageGroupId: 'scan', message: RuleTargetInput.fromText('IAM changed') })],
  });
  scan.addEventSource(new SqsEventSource(queue, { batchSize: 1 }));
  const reason = 'A scan that fails raises an alarm, and the next change or the next night scans again.';
  acknowledge(queue, { id: 'AwsSolutions-SQS3', reason }, { id: 'Serverless-SQSRedrivePolicy', reason });
  acknowledge(scan, { id: 'Serverless-LambdaEventSourceMappingDestination', reason });
  return queue;
}
