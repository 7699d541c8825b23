import { Duration, Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Match } from 'aws-cdk-lib/assertions';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { IamVigilStack, type IamVigilStackProps } from '../../lib/iam-vigil-stack.ts';
import { IamVigil, type IamVigilProps } from '../../lib/index.ts';
import { actionsOf, anApp, everything, statementsIn, statementsOf, templateOf } from './synthesized.ts';

jest.setTimeout(120_000);

let usual: Template;
let full: Template;

beforeAll(() => {
  usual = templateOf();
  full = templateOf(everything);
});

const text = (template: Template) => JSON.stringify(template.toJSON());

describe('the stack as it is by default', () => {
  test('matches the snapshot', () => {
    // What the checks take is derived, and has tests of its own.
    const json = text(usual)
      .replaceAll(/[0-9a-f]{64}/g, '<hash of the code>')
      .replace(/"Action":\[[^\]]*\](?=,"Effect":"Allow","Resource":"\*")/, '"Action":"<what the checks take>"');
    expect(JSON.parse(json)).toMatchSnapshot();
  });

  test('scans every night within a window, and gives up after two hours', () => {
    usual.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0 3 * * ? *)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 30 },
      Target: { RetryPolicy: { MaximumEventAgeInSeconds: 7200 }, DeadLetterConfig: Match.anyValue() },
    });
  });

  test('runs on Node 24 and arm64 for as long as Lambda allows, and reserves no concurrency', () => {
    usual.hasResourceProperties('AWS::Lambda::Function', {
      ...{ Runtime: 'nodejs24.x', Architectures: ['arm64'], Timeout: 900, Handler: 'index.handler' },
      ReservedConcurrentExecutions: Match.absent(),
      DeadLetterConfig: { TargetArn: Match.anyValue() },
      LoggingConfig: { LogGroup: Match.anyValue() },
    });
    usual.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  test('stores its results in a bucket that is encrypted, versioned, private, TLS only, and retained', () => {
    usual.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: Match.anyValue(),
        PublicAccessBlockConfiguration: {
          ...{ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        },
        LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: 400, Status: 'Enabled' })]) },
      },
    });
    usual.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  test.each<[metric: string, alarm: object]>([
    ['Errors', { Namespace: 'AWS/Lambda', Statistic: 'Sum', Threshold: 1, TreatMissingData: 'notBreaching' }],
    ['Throttles', { Namespace: 'AWS/Lambda', Statistic: 'Sum', Threshold: 1, TreatMissingData: 'notBreaching' }],
    ['Duration', { Namespace: 'AWS/Lambda', Statistic: 'Maximum', Threshold: 720_000, TreatMissingData: 'notBreaching' }],
    ['IncompleteRuns', { Namespace: 'IamVigil', Statistic: 'Sum', Threshold: 1, TreatMissingData: 'notBreaching' }],
    ['ApproximateNumberOfMessagesVisible', { Namespace: 'AWS/SQS', Threshold: 1, TreatMissingData: 'notBreaching' }],
    [
      'Runs',
      {
        ...{ Namespace: 'IamVigil', Statistic: 'Sum', Threshold: 1, ComparisonOperator: 'LessThanThreshold' },
        ...{ Period: 3600, EvaluationPeriods: 26, TreatMissingData: 'breaching' },
      },
    ],
  ])('has an alarm on %s', (MetricName, alarm) => {
    usual.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, ...alarm });
  });

  test('notifies no topic, only delivers findings to Security Hub, and contains no partition', () => {
    usual.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: Match.absent() });
    usual.resourceCountIs('AWS::SecurityHub::Insight', 0);
    expect(text(usual)).not.toMatch(/arn:aws[\w-]*:/);
  });

  test('creates only its two roles, and neither can write to IAM', () => {
    usual.resourceCountIs('AWS::IAM::Role', 2);
    expect(actionsOf(statementsOf(usual, 'ScheduleRole'))).toEqual(['lambda:InvokeFunction', 'sqs:SendMessage']);
    const reads = /^(?!s3:)([\w-]+:(Get|List|Describe)\w+|iam:GenerateCredentialReport)$/;
    const rest = actionsOf(statementsOf(usual, 'ScanRole')).filter((action) => !reads.test(action));
    expect(rest).toEqual([
      ...['events:PutEvents', 'logs:CreateLogStream', 'logs:PutLogEvents', 's3:GetObject', 's3:PutObject'],
      ...['securityhub:BatchImportFindings', 'securityhub:BatchUpdateFindings', 'sqs:SendMessage'],
    ]);
  });

  test('sends one event, in the default bus, and publishes nothing', () => {
    const [end] = statementsOf(usual, 'ScanRole').filter(({ Sid }) => Sid === 'EndRun');
    expect(end).toMatchObject({
      Action: 'events:PutEvents',
      Condition: { StringEquals: { 'events:source': 'iam-vigil', 'events:detail-type': 'iam-vigil run ended' } },
    });
    expect(JSON.stringify(end?.Resource)).toContain(':event-bus/default');
    usual.resourceCountIs('AWS::SNS::Topic', 0);
  });

  test('only reading is allowed on everything', () => {
    const everywhere = statementsOf(usual, 'ScanRole').filter(({ Resource }) => Resource === '*');
    expect(everywhere.map(({ Sid }) => Sid)).toEqual(['Scan']);
  });
});

describe('the stack with everything that can be set', () => {
  test('scans at the configured time', () => {
    full.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(30 2 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      FlexibleTimeWindow: { MaximumWindowInMinutes: 60 },
    });
  });

  test('has every role under the boundary, at the path, and by its name', () => {
    const PermissionsBoundary = Match.objectLike({ 'Fn::Join': Match.anyValue() });
    full.allResourcesProperties('AWS::IAM::Role', { PermissionsBoundary, Path: '/security/' });
    for (const name of ['scan', 'schedule']) full.hasResourceProperties('AWS::IAM::Role', { RoleName: `iam-vigil-eu-${name}` });
  });

  test('denies reading to everyone but the function and the readers', () => {
    const [policy] = Object.values(full.findResources('AWS::S3::BucketPolicy'));
    const [denied] = statementsIn(policy).filter(({ Sid }) => Sid === 'OnlyReaders');
    expect(denied).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:GetObject*' });
    expect(denied?.Condition).toEqual({
      ArnNotLike: {
        'aws:PrincipalArn': [
          { 'Fn::GetAtt': [Object.keys(full.findResources('AWS::IAM::Role')).find((id) => id.includes('ScanRole')), 'Arn'] },
          ...(everything.readers ?? []),
        ],
      },
    });
  });

  test('encrypts with the key, which the function may use for that', () => {
    const encryption = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: everything.encryptionKeyArn };
    full.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: encryption }],
      },
    });
    const statements = statementsOf(full, 'ScanRole').filter(({ Action }) => String(Action).startsWith('kms:'));
    expect(statements).toEqual([
      {
        ...{ Sid: 'Encrypt', Effect: 'Allow', Resource: everything.encryptionKeyArn },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      },
      { Sid: 'Environment', Effect: 'Allow', Resource: everything.environmentKeyArn, Action: 'kms:Decrypt' },
    ]);
  });

  test('notifies the topic of every alarm', () => {
    full.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [everything.alarmTopicArn] });
  });

  test('publishes the digest in its topic, and in no other, and sends it to the address', () => {
    const [publishes, ...more] = statementsOf(full, 'ScanRole').filter(({ Action }) => Action === 'sns:Publish');
    expect([publishes?.Resource, more]).toEqual([everything.digestTopicArn, []]);
    full.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ IAM_VIGIL_DIGEST_TOPIC: everything.digestTopicArn }) },
    });
    full.hasResourceProperties('AWS::SNS::Subscription', {
      ...{ Protocol: 'email', Endpoint: 'security@example.com', TopicArn: everything.digestTopicArn },
    });
    full.resourceCountIs('AWS::SNS::Topic', 0);
  });

  test('has a topic of its own for an address alone, which takes no message without TLS', () => {
    const own = templateOf({ digestEmail: 'security@example.com' });
    own.resourceCountIs('AWS::SNS::Topic', 1);
    own.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
      },
    });
    const [publishes] = statementsOf(own, 'ScanRole').filter(({ Action }) => Action === 'sns:Publish');
    expect(publishes?.Resource).toEqual({ Ref: expect.stringContaining('DigestTopic') as string });
  });

  test('keeps data for the configured time, and deletes it with the stack', () => {
    full.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Delete',
      Properties: { LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: 90 })]) } },
    });
    full.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30 } });
  });

  test('delivers only to the configured Region', () => {
    full.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ IAM_VIGIL_FINDINGS_REGION: 'eu-central-1' }) },
    });
    const [deliver] = statementsOf(full, 'ScanRole').filter(({ Sid }) => Sid === 'Deliver');
    expect(JSON.stringify(deliver?.Resource).match(/:securityhub:eu-central-1:/g)).toHaveLength(2);
  });

  test('limits the young generation of Node', () => {
    full.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ NODE_OPTIONS: '--max-semi-space-size=16' }) },
    });
  });

  test('has the insight', () => {
    full.hasResourceProperties('AWS::SecurityHub::Insight', {
      GroupByAttribute: 'ResourceId',
      Filters: { ProductName: [{ Comparison: 'EQUALS', Value: 'iam-vigil' }] },
    });
  });

  test('is tagged, all of it', () => {
    const Tags = Match.arrayWith([{ Key: 'application', Value: 'iam-vigil' }]);
    for (const type of ['AWS::S3::Bucket', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::SQS::Queue'])
      full.allResourcesProperties(type, { Tags });
    // CloudFormation puts a stack's own tags on whatever it makes.
    expect(new IamVigilStack(anApp(), 'Test', everything).tags.tagValues()).toMatchObject({ team: 'security' });
  });
});

describe('the configuration', () => {
  test('is next to the code', () => {
    const app = anApp({ bundling: true });
    const config = 'checks:\n  admin-user:\n    enabled: false\n';
    new IamVigilStack(app, 'Test', { config });
    const { directory } = app.synth();
    const folder = path.join(directory, readdirSync(directory).find((name) => name.startsWith('asset.')) ?? '');
    expect(readFileSync(path.join(folder, 'iam-vigil.yaml'), 'utf8')).toBe(config);
    const built = path.join(__dirname, '../../dist/functions/scan-account');
    const names = readdirSync(built);
    expect(readdirSync(folder).toSorted()).toEqual([...names, 'iam-vigil.yaml'].toSorted());
    for (const name of names)
      expect(readFileSync(path.join(folder, name)).equals(readFileSync(path.join(built, name)))).toBe(true);
  });

  test('determines the permissions of the role: a disabled check needs no actions', () => {
    const template = templateOf({ config: 'checks:\n  password-policy-weak:\n    enabled: false\n' });
    const without = actionsOf(statementsOf(template, 'ScanRole'));
    const removed = actionsOf(statementsOf(usual, 'ScanRole')).filter((action) => !without.includes(action));
    expect(removed).toEqual(['iam:GetAccountPasswordPolicy']);
  });

  test('without a delivery the role has nothing of Security Hub', () => {
    const actions = actionsOf(statementsOf(templateOf({ deliver: 'none' }), 'ScanRole'));
    expect(actions.filter((action) => action.startsWith('securityhub:'))).toEqual([]);
  });
});

describe('what is refused', () => {
  test.each<[name: string, props: IamVigilStackProps, message: string | RegExp]>([
    ['a check that does not exist', { config: 'checks:\n  no-such-check:\n    enabled: false\n' }, 'no-such-check'],
    ['what is not valid YAML', { config: '{' }, 'is not valid YAML'],
    ['a time that does not exist', { at: '24:00' }, 'at must be a time such as 03:00, but is 24:00'],
    ['a time in words', { at: 'midnight' }, 'but is midnight'],
    [
      'a retention that CloudWatch Logs does not have',
      { logRetentionDays: 42 },
      /logRetentionDays must be one of 1, 3, .* but is 42/,
    ],
    ['no window', { flexibleWindowMinutes: 0 }, /1 minute/i],
    [
      'an insight in another Region than the findings',
      { insight: true, findingsRegion: 'eu-west-1', env: { region: 'us-east-1' } },
      'the insight would be in us-east-1, but the findings are in eu-west-1',
    ],
  ])('%s', (_name, props, message) => {
    expect(() => new IamVigilStack(anApp(), 'Test', props)).toThrow(message);
  });

  test.each([0, 169])('%d hours without a run', (hours) => {
    const props: IamVigilProps = { maxTimeWithoutScan: Duration.hours(hours) };
    expect(() => new IamVigil(new Stack(anApp(), 'Test'), 'IamVigil', props)).toThrow(`1 to 168 hours, but is ${hours}`);
  });

  test('nothing of an insight in the Region of the stack and of the findings', () => {
    const props = { insight: true, findingsRegion: 'eu-west-1', env: { region: 'eu-west-1' } };
    expect(() => new IamVigilStack(anApp(), 'Test', props)).not.toThrow();
  });
});
