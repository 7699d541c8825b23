import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/**
 * A topic that sends alarms to an address. SNS first asks the address to confirm. The topic is not encrypted with a key: CloudWatch cannot
 * publish with that of SNS, and a message has the name of the alarm and no finding.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function alarmTopic(scope: Construct, address: string): Topic {
  const topic = new Topic(scope, 'Alarms', { displayName: 'iam-vigil', enforceSSL: true });
  acknowledge(topic.addSubscription(new EmailSubscription(address)), {
    id: 'Serverless-SNSRedrivePolicy',
    reason: 'An e-mail that does not arrive is in no queue that anything reads. CloudWatch shows the alarm.',
  });
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  return topic;
}
