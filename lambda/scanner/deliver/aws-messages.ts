import type { AccountClientResolvedConfig } from '@aws-sdk/client-account';
import { AwsJson1_1Protocol, AwsQueryProtocol } from '@aws-sdk/core/protocols';
import type { $SchemaRef, MetadataBearer } from '@smithy/types';
import { parseArn } from '../model/arn.ts';
import type { RequestLimits } from '../requests/request-handler.ts';
import { commandsOf, shapes } from '../requests/sdk-schemas.ts';
import { listOf, openService, operation } from './small-clients.ts';

/** A message of the digest. */
export interface Message {
  /** At most 100 characters of ASCII. */
  readonly subject: string;
  readonly text: string;
}

/** An event, without its time and its account, which EventBridge adds. */
export interface BusEvent {
  readonly source: string;
  readonly type: string;
  readonly detail: object;
}

/**
 * Opens the default event bus of the account, in the Region of the environment.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function openEventBus(limits: RequestLimits): (event: BusEvent) => Promise<void> {
  const client = openService(
    'events',
    { ...limits, purpose: PURPOSE },
    {
      protocol: AwsJson1_1Protocol,
      protocolSettings: { defaultNamespace: EVENTS, serviceTarget: 'AWSEvents', version: '2015-10-07' },
    },
  );
  return async ({ source, type, detail }) => {
    const entry = { Source: source, DetailType: type, Detail: JSON.stringify(detail) };
    const { FailedEntryCount = 0, Entries = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }));
    if (FailedEntryCount > 0)
      throw new Error(Entries.map(({ ErrorCode = '', ErrorMessage = '' }) => `${ErrorCode}: ${ErrorMessage}`).join());
  };
}

/**
 * Opens a topic, in its own Region.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function openTopic(arn: string, limits: RequestLimits): (message: Message) => Promise<void> {
  const region = parseArn(arn)?.region ?? '';
  const client = openService(
    'sns',
    { ...limits, purpose: PURPOSE },
    {
      region,
      protocol: AwsQueryProtocol,
      protocolSettings: {
        defaultNamespace: SNS,
        xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
        version: '2010-03-31',
      },
    },
  );
  return async ({ subject, text }) => {
    await client.send(new PublishCommand({ TopicArn: arn, Subject: subject, Message: text }));
  };
}

const PURPOSE = 'tell what changed';
const EVENTS = 'com.amazonaws.eventbridge';
const SNS = 'com.amazonaws.sns';

const entries = (name: string, ...members: readonly string[]): $SchemaRef =>
  listOf(EVENTS, name, Object.fromEntries(members.map((member) => [member, shapes.text])));

interface PutEventsResponse extends MetadataBearer {
  readonly FailedEntryCount?: number;
  readonly Entries?: readonly { readonly ErrorCode?: string; readonly ErrorMessage?: string }[];
}

class PutEventsCommand extends commandsOf<AccountClientResolvedConfig>('EventBridge', 'EventBridgeClient')<
  { readonly Entries: readonly object[] },
  PutEventsResponse
>(
  {},
  () => [],
  'PutEvents',
  operation(
    EVENTS,
    'PutEvents',
    { Entries: entries('PutEventsRequestEntry', 'Source', 'DetailType', 'Detail') },
    { FailedEntryCount: shapes.number, Entries: entries('PutEventsResultEntry', 'ErrorCode', 'ErrorMessage') },
  ),
) {}

class PublishCommand extends commandsOf<AccountClientResolvedConfig>('SNS', 'SNSClient')<
  { readonly TopicArn: string; readonly Subject: string; readonly Message: string },
  MetadataBearer
>(
  {},
  () => [],
  'Publish',
  operation(SNS, 'Publish', { TopicArn: shapes.text, Subject: shapes.text, Message: shapes.text }, {}),
) {}
