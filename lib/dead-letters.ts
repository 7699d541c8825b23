import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** The dead-letter queue: events that should have started a scan but did not. */
export function deadLetters(scope: Construct): Queue {
  const queue = new Queue(scope, 'DeadLetterQueue', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  acknowledge(queue, {
    id: 'Serverless-SQSRedrivePolicy',
    reason: 'This is a dead-letter queue itself. An alarm fires when it contains a message.',
  });
  return queue;
}
