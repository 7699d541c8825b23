import { NodeHttpHandler } from '@smithy/node-http-handler';
import { openEventBus, openTopic } from '../../lambda/scanner/deliver/aws-messages.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { noMessages, withMessages } from '../support/aws/services/messages.ts';
import { smallAccount } from '../support/aws/small-account.ts';

const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:digest';
const event = { source: 'iam-vigil', type: 'iam-vigil run ended', detail: { digest: { text: 'a "quote"\nä' } } };
const message = { subject: 'iam-vigil: 1 new', text: 'two\nlines & ä' };

async function send(quirks: Quirks, taken = noMessages(TOPIC)) {
  const aws = await startLoopbackAws(smallAccount, withMessages(quirks, taken));
  try {
    await withEnvironment(environmentFor(aws.endpoint), async () => {
      await openEventBus({})(event);
      await openTopic(TOPIC, {})(message);
    });
    return { ...taken, calls: aws.calls };
  } finally {
    await aws.stop();
  }
}

test('an event and a message arrive as they were sent, each in its Region', async () => {
  const { events, messages, calls } = await send({});
  expect(events).toEqual([event]);
  expect(messages).toEqual([{ topic: TOPIC, ...message }]);
  expect(calls).toEqual([
    { service: 'events', action: 'PutEvents', region: 'us-east-1' },
    { service: 'sns', action: 'Publish', region: 'eu-central-1' },
  ]);
});

test('throttled calls are sent again', async () => {
  const { events, messages } = await send({ throttling: { rate: 1, burst: 1 } });
  expect([events.length, messages.length]).toEqual([1, 1]);
});

test.each<[string, Quirks, ReturnType<typeof noMessages>, string]>([
  ['the event is denied', { deny: ['events:PutEvents'] }, noMessages(TOPIC), 'not authorized to perform: events:PutEvents'],
  ['the message is denied', { deny: ['sns:Publish'] }, noMessages(TOPIC), 'not authorized to perform: sns:Publish'],
  ['there is no such topic', {}, noMessages(), 'Topic does not exist'],
])('%s: it says so', async (_name, quirks, taken, reason) => {
  await expect(send(quirks, taken)).rejects.toThrow(reason);
});

test('an event that the bus takes and does not keep is an error', async () => {
  const aws = await startLoopbackAws(smallAccount, withMessages({}, { ...noMessages(), losesEvents: true }));
  try {
    await withEnvironment(environmentFor(aws.endpoint), () =>
      expect(openEventBus({})(event)).rejects.toThrow('InternalFailure: it was lost'),
    );
  } finally {
    await aws.stop();
  }
});

test.each([
  ['arn:aws:sns:eu-west-1:111122223333:t', {}, 'sns.eu-west-1.amazonaws.com'],
  ['arn:aws-cn:sns:cn-north-1:111122223333:t', {}, 'sns.cn-north-1.amazonaws.com.cn'],
  ['arn:aws-us-gov:sns:us-gov-west-1:111122223333:t', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'sns-fips.us-gov-west-1.amazonaws.com'],
  ['arn:aws:sns:eu-west-1:111122223333:t', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'sns.eu-west-1.api.aws'],
])('a message to %s with %j goes to %s', async (arn, variables, host) => {
  const { AWS_ENDPOINT_URL: _, ...environment } = environmentFor('');
  const handle = jest.spyOn(NodeHttpHandler.prototype, 'handle').mockRejectedValue(new Error('enough'));
  await withEnvironment({ ...environment, ...variables }, () => expect(openTopic(arn, {})(message)).rejects.toThrow('enough'));
  expect(handle.mock.calls.map(([{ hostname }]) => hostname)).toEqual([host]);
  handle.mockRestore();
});
