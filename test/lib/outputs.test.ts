import { Match, type Template } from 'aws-cdk-lib/assertions';
import { organizationTemplate } from './organization-synthesized.ts';
import { templateOf } from './synthesized.ts';

const deployments = [
  ['one account', templateOf],
  ['an organization', organizationTemplate],
] as const;

const valueOf = (template: Template, name: string): unknown => template.findOutputs(name)[name]?.['Value'];

describe.each(deployments)('the deployment for %s', (_name, deployed) => {
  test('says where its log, its failed events and its schedule are', () => {
    const template = deployed();
    const [log, queue, schedule] = ['AWS::Logs::LogGroup', 'AWS::SQS::Queue', 'AWS::Scheduler::Schedule'].map(
      (type) => Object.keys(template.findResources(type))[0],
    );
    expect(valueOf(template, 'LogGroup')).toEqual({ Ref: log });
    expect(valueOf(template, 'DeadLetterQueue')).toEqual({ Ref: queue });
    expect(valueOf(template, 'ScheduleName')).toEqual({ Ref: schedule });
  });

  test('says that alarms notify nothing', () => {
    const template = deployed();
    template.resourceCountIs('AWS::SNS::Topic', 0);
    expect(valueOf(template, 'AlarmNotifications')).toBe('none: alarms are visible in CloudWatch only');
  });

  test('sends alarms to an address, which confirms first', () => {
    const template = deployed({ alarmEmail: 'security@example.com' });
    const [topic = ''] = Object.keys(template.findResources('AWS::SNS::Topic'));
    template.hasResourceProperties('AWS::SNS::Subscription', {
      ...{ Protocol: 'email', Endpoint: 'security@example.com', TopicArn: { Ref: topic } },
    });
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    for (const { Properties } of alarms) expect(Properties).toMatchObject({ AlarmActions: [{ Ref: topic }] });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            ...{ Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      }),
    });
    expect(valueOf(template, 'AlarmNotifications')).toBe('security@example.com, once the address is confirmed');
  });

  test('names the topic that alarms notify', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-west-1:111122223333:alarms';
    expect(valueOf(deployed({ alarmTopicArn }), 'AlarmNotifications')).toBe(alarmTopicArn);
  });
});

test('findings have a link where the console has one address', () => {
  const template = templateOf({ findingsRegion: 'eu-central-1' });
  expect(template.findOutputs('Findings')['Findings']).toMatchObject({
    Condition: 'HasConsole',
    Value: expect.stringMatching(
      /^https:\/\/eu-central-1\.console\.aws\.amazon\.com\/securityhub\/home\?region=eu-central-1#\/findings$/,
    ) as string,
  });
  expect(templateOf({ deliver: 'none' }).findOutputs('Findings')).toEqual({});
});
