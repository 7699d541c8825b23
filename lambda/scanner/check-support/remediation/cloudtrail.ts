import { cli } from '../../model/command.ts';
import { type Instant, toIso } from '../../model/instant.ts';

/** The Region where each partition records its IAM and sign-in events. */
const globalRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
};

/** A search in the event history of CloudTrail. */
export interface EventQuery {
  readonly partition: string;
  /** CloudTrail accepts one attribute at a time. */
  readonly attribute: 'EventName' | 'AccessKeyId' | 'Username';
  readonly value: string;
  readonly since: Instant;
  readonly until?: Instant;
}

/**
 * The command that finds IAM and sign-in events of the last 90 days. Only one Region has them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 */
export function lookUpEvents({ partition, attribute, value, since, until }: EventQuery): string {
  const region = globalRegions[partition];
  return cli('cloudtrail lookup-events', {
    ...(region === undefined ? {} : { region }),
    'lookup-attributes': `AttributeKey=${attribute},AttributeValue=${value}`,
    'start-time': toIso(since),
    ...(until === undefined ? {} : { 'end-time': toIso(until) }),
  });
}
