import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { variables } from '../lambda/handlers/contract.ts';
import { acknowledge } from './acknowledge.ts';
import type { IamVigilProps } from './props.ts';

/** The topic for the digest: the given one, or one of its own for an e-mail address. Undefined: the digest is only in the event. */
export function topicForDigest(
  scope: Construct,
  { digestTopic, digestEmail, encryptionKey }: Pick<IamVigilProps, 'digestTopic' | 'digestEmail' | 'encryptionKey'>,
): ITopic | undefined {
  if (digestTopic === undefined && digestEmail === undefined) return undefined;
  const topic =
    digestTopic ?? new Topic(scope, 'DigestTopic', { enforceSSL: true, ...(encryptionKey ? { masterKey: encryptionKey } : {}) });
  if (digestEmail === undefined) return topic;
  const subscription = topic.addSubscription(new EmailSubscription(digestEmail));
  acknowledge(subscription, {
    id: 'Serverless-SNSRedrivePolicy',
    reason: 'An e-mail that does not arrive is in no queue that anything reads. The event that ends the scan has the same text.',
  });
  return topic;
}

/** The environment variable that tells a function the topic. */
export const topicIn = (topic: ITopic | undefined): Readonly<Record<string, string>> =>
  topic ? { [variables.digestTopic]: topic.topicArn } : {};
