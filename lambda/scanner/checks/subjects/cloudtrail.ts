import { cli } from '../../model/command.ts';
import { type Instant, toIso } from '../../model/instant.ts';

/** The Region that records the IAM and sign-in events of a partition. */
const globalRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
};

/** What to look for in the event history of CloudTrail, and since when. */
export interface EventQuery {
  readonly partition: string;
  /** One attribute, such as `EventName` or `AccessKeyId`: CloudTrail takes no more at a time. */
  readonly attribute: 'EventName' | 'AccessKeyId' | 'Username';
  readonly value: string;
  readonly since: Instant;
  readonly until?: Instant;
}

/**
 * The command that finds IAM and sign-in events of the last 90 days, in the one Region that has them.
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
