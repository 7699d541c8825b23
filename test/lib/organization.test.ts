import { BatchUpdateFindingsRequest$ } from '@aws-sdk/client-securityhub';
import { z } from 'zod';
import validate from 'asl-validator';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IamVigilOrganization } from '../../lib/iam-vigil-organization.ts';
import { IamVigilOrganizationStack } from '../../lib/iam-vigil-organization-stack.ts';
import { IamVigilMemberRoleStack, memberRoleTemplate } from '../../lib/member-role-stack.ts';
import { organizationActions, securityHubActions } from '../../lambda/scanner/permissions.ts';
import { definitionIn, organization, organizationTemplate } from './organization-synthesized.ts';
import { anApp, statementsIn } from './synthesized.ts';

jest.setTimeout(120_000);

const role = { organizationId: 'o-exampleorgid' };

interface RoleTemplate {
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>>;
}
const parse = (template: string) => JSON.parse(template) as RoleTemplate & Readonly<Record<string, unknown>>;
const actionsIn = (template: string): readonly string[] =>
  [...template.matchAll(/"((?!aws:)[a-z0-9-]+:[A-Z]\w+)"/g)].map(([, action = '']) => action);

let usual: Template;
beforeAll(() => {
  usual = organizationTemplate();
});

describe('the role in every account', () => {
  const template = memberRoleTemplate(role);

  test('has a template that a service-managed stack set accepts: no transform, no CDK metadata, and small', () => {
    expect(Object.keys(parse(template)).toSorted()).toEqual(['Description', 'Parameters', 'Resources']);
    expect(Object.keys(parse(template).Parameters)).toEqual(['ExternalId', 'ScannerAccount']);
    expect(template).not.toMatch(/Transform|BootstrapVersion|CDKMetadata/);
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html
    expect(Buffer.byteLength(template)).toBeLessThan(51_200);
    const types = Object.values(parse(template).Resources).map(({ Type }) => Type);
    expect(types.toSorted()).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Role']);
  });

  test.each([
    [{}, ['scan-member', 'deliver']],
    [{ deliver: 'central' as const }, ['scan-member']],
    [{ deliver: 'none' as const, isManagement: true }, ['plan', 'scan-member']],
    [{ isManagement: true }, ['plan', 'scan-member', 'deliver']],
  ])('trusts the roles of the states that do something in the account: %j', (settings, states) => {
    const trust = JSON.stringify(parse(memberRoleTemplate({ ...role, ...settings })));
    expect([...trust.matchAll(/:role\/iam-vigil-([\w-]+)/g)].map(([, state]) => state)).toEqual(states);
  });

  test('lets an update of findings set the note and two workflow statuses, and no other field', () => {
    const [update] = Object.values(parse(template).Resources).flatMap(({ Properties }) => {
      const { Statement = [] } = z
        .object({ Statement: z.array(z.looseObject({ Sid: z.string() })).optional() })
        .catch({})
        .parse(Properties['PolicyDocument']);
      return Statement.filter(({ Sid }) => Sid === 'Suppress');
    });
    const path = (field: string) => `securityhub:ASFFSyntaxPath/${field}`;
    const delivered = ['FindingIdentifiers', 'Note', 'Workflow'];
    const others = BatchUpdateFindingsRequest$[4].filter((field) => !delivered.includes(field));
    expect(others).toHaveLength(7);
    expect(update).toMatchObject({
      Action: 'securityhub:BatchUpdateFindings',
      Condition: {
        'ForAnyValue:StringEquals': { [path('Workflow.Status')]: ['NEW', 'SUPPRESSED'] },
        Null: Object.fromEntries(others.map((field) => [path(field), 'true'])),
      },
    });
  });

  test('trusts two roles of the scanner, from within the organization, with the external ID, and no other principal', () => {
    const [found] = Object.values(parse(template).Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
    const correlation = (...rest: readonly unknown[]) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ...rest]] });
    const scanner = (name: string) => correlation(':iam::', { Ref: 'ScannerAccount' }, `:role/iam-vigil-${name}`);
    expect(found?.Properties['AssumeRolePolicyDocument']).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: correlation(':iam::', { Ref: 'ScannerAccount' }, ':root') },
          Condition: {
            StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' }, 'aws:PrincipalOrgID': 'o-exampleorgid' },
            ArnEquals: { 'aws:PrincipalArn': ['scan-member', 'deliver'].map(scanner) },
          },
        },
      ],
    });
  });

  test('reads, and writes nothing but findings; with central delivery nothing at all', () => {
    const writes = (of: string) => actionsIn(of).filter((action) => !/:(Get|List|Describe|Generate)|^sts:/.test(action));
    expect(writes(template)).toEqual(['securityhub:BatchImportFindings', 'securityhub:BatchUpdateFindings']);
    expect(writes(memberRoleTemplate({ ...role, deliver: 'central' }))).toEqual([]);
  });

  test('reads the organization in the management account only', () => {
    const management = memberRoleTemplate({ ...role, isManagement: true });
    expect(actionsIn(management)).toEqual(expect.arrayContaining([...organizationActions]));
    expect(actionsIn(template)).not.toContain('organizations:ListAccounts');
  });

  test('has the name and the path that the scanner assumes it by', () => {
    const named = organizationTemplate({ namePrefix: 'vigil', rolePath: '/security/', externalId: 'between-us' });
    named.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          IAM_VIGIL_ROLE: 'security/vigil-member',
          IAM_VIGIL_EXTERNAL_ID: 'between-us',
          NODE_OPTIONS: '--max-semi-space-size=16',
        }),
      },
    });
    named.hasResourceProperties('AWS::CloudFormation::StackSet', {
      TemplateBody: Match.stringLikeRegexp('"Path":"/security/".*"RoleName":"vigil-member"|"RoleName":"vigil-member"'),
    });
    for (const state of ['plan', 'scan-member', 'deliver'])
      named.hasResourceProperties('AWS::IAM::Role', { RoleName: `vigil-${state}`, Path: '/security/' });
  });
});

describe('the stack of the Organization', () => {
  test('deploys the role to all present and future accounts, as a delegated administrator or as the management account', () => {
    usual.hasResourceProperties('AWS::CloudFormation::StackSet', {
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: 'DELEGATED_ADMIN',
      AutoDeployment: { Enabled: true },
      Parameters: [{ ParameterKey: 'ScannerAccount', ParameterValue: { Ref: 'AWS::AccountId' } }, { ParameterKey: 'ExternalId' }],
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: ['r-ab12'] } }],
    });
    usual.resourcePropertiesCountIs('AWS::IAM::Role', { RoleName: 'iam-vigil-member' }, 0);
    const inManagement = organizationTemplate({ deployedIn: 'management' });
    inManagement.hasResourceProperties('AWS::CloudFormation::StackSet', { CallAs: 'SELF' });
    // No stack set reaches the management account.
    inManagement.resourcePropertiesCountIs('AWS::IAM::Role', { RoleName: 'iam-vigil-member' }, 1);
  });

  test('lets the states and the state machine read the bucket, and no one else', () => {
    const [policy] = Object.values(usual.findResources('AWS::S3::BucketPolicy'));
    const [denied] = statementsIn(policy).filter(({ Sid }) => Sid === 'OnlyReaders');
    expect(denied).toMatchObject({ Effect: 'Deny', Action: 's3:GetObject*' });
    const roles = JSON.stringify(denied?.Condition);
    for (const name of ['plan', 'scanmember', 'correlate', 'deliver', 'summarize', 'Run']) expect(roles).toContain(name);
  });

  test('uses the configured concurrency, and delivers more slowly to one central hub', () => {
    const of = (template: Template) =>
      ['Scan accounts', 'Deliver accounts'].map((id) => {
        const state = definitionIn(template).States[id];
        return [state?.['MaxConcurrency'], state?.['ToleratedFailurePercentage']];
      });
    expect(of(usual)).toEqual([
      [40, 100],
      [40, 100],
    ]);
    expect(of(organizationTemplate({ deliver: 'central', concurrency: 200, toleratedFailurePercentage: 20 }))).toEqual([
      [200, 20],
      [4, 20],
    ]);
  });

  test('central delivery writes into the hub of the scanner, and nowhere else', () => {
    const central = organizationTemplate({ deliver: 'central' });
    central.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'Deliver',
            Action: securityHubActions.filter((action) => !action.endsWith(':BatchUpdateFindings')),
          }),
          Match.objectLike({ Sid: 'Suppress', Action: 'securityhub:BatchUpdateFindings' }),
        ]),
      },
    });
    expect(JSON.stringify(usual.findResources('AWS::IAM::Policy'))).not.toContain('securityhub:');
  });

  test.each([
    ['a run that broke off', { MetricName: 'ExecutionsFailed' }],
    ['a run that took too long', { MetricName: 'ExecutionsTimedOut' }],
    ['an account that was not scanned', { MetricName: 'AccountsNotScanned', Namespace: 'IamVigil' }],
    ['something that was not evaluated or delivered', { MetricName: 'IncompleteRuns', Namespace: 'IamVigil' }],
    ['no run at all', { MetricName: 'Runs', EvaluationPeriods: 26, TreatMissingData: 'breaching' }],
    ['a run that could not begin', { MetricName: 'ApproximateNumberOfMessagesVisible' }],
  ])('an alarm fires for %s', (_name, alarm) => {
    usual.hasResourceProperties('AWS::CloudWatch::Alarm', alarm);
  });

  test('the schedule starts the state machine, within a window', () => {
    usual.hasResourceProperties('AWS::Scheduler::Schedule', {
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 30 },
      Target: { Arn: { Ref: Match.stringLikeRegexp('Run') }, RetryPolicy: { MaximumEventAgeInSeconds: 7200 } },
    });
  });

  test('without an external ID of your own, each deployment has another one: the UUID of its stack', () => {
    const uuid = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
    const template = organizationTemplate({ deployedIn: 'management' });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ IAM_VIGIL_EXTERNAL_ID: uuid }) },
    });
    template.hasResourceProperties('AWS::CloudFormation::StackSet', {
      Parameters: Match.arrayWith([{ ParameterKey: 'ExternalId', ParameterValue: uuid }]),
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'iam-vigil-member',
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({ Condition: Match.objectLike({ StringEquals: Match.objectLike({ 'sts:ExternalId': uuid }) }) }),
        ],
      },
    });
  });

  test('the management role is deployed with the ID of the scanning account as a parameter', () => {
    const stack = new IamVigilMemberRoleStack(anApp(), 'ManagementRole', { ...role, isManagement: true });
    expect(stack.templateOptions.description).toContain('nightly scan');
    expect(() => new IamVigilOrganizationStack(anApp(), 'Bad', { ...organization, config: 'checks: 3' })).toThrow();
  });
});

describe('the settings of a landing zone reach every role, also those in other accounts', () => {
  const encryptionKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555';
  const settings = { boundary: 'base/MustHave', rolePath: '/security/', namePrefix: 'vigil', tags: { team: 'security' } };
  const policyIn = (account: unknown, name: string) => ({
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ...(account === 'aws' ? [`:iam::aws:policy/${name}`] : [':iam::', account, `:policy/${name}`]),
      ],
    ],
  });
  const ownPolicy = policyIn({ Ref: 'AWS::AccountId' }, 'base/MustHave');
  const rolesOf = ({ Resources }: Pick<RoleTemplate, 'Resources'>) =>
    Object.values(Resources).flatMap(({ Type, Properties }) => (Type === 'AWS::IAM::Role' ? [Properties] : []));
  const ofRolesIn = (template: Pick<RoleTemplate, 'Resources'>) =>
    rolesOf(template).map(({ RoleName, Path, PermissionsBoundary, Tags }) => ({ RoleName, Path, PermissionsBoundary, Tags }));
  const memberTemplateIn = (template: Template): RoleTemplate => {
    const [set] = Object.values(template.findResources('AWS::CloudFormation::StackSet')) as {
      Properties: { TemplateBody: string };
    }[];
    return parse(set?.Properties.TemplateBody ?? '');
  };
  const asSet = (name: string) => ({
    ...{ RoleName: `vigil-${name}`, Path: '/security/', PermissionsBoundary: ownPolicy },
    Tags: expect.arrayContaining([{ Key: 'team', Value: 'security' }]) as unknown,
  });
  const byName = (roles: readonly { readonly RoleName?: unknown }[]) =>
    roles.toSorted((a, b) => (String(a.RoleName) < String(b.RoleName) ? -1 : 1));

  test('in the scanning account, which is also the management account', () => {
    const template = organizationTemplate({ ...settings, deployedIn: 'management' });
    const names = ['correlate', 'deliver', 'member', 'plan', 'run', 'scan-member', 'schedule', 'summarize'];
    expect(byName(ofRolesIn(template.toJSON() as RoleTemplate))).toEqual(names.map(asSet));
  });

  test('in every member account', () => {
    expect(ofRolesIn(memberTemplateIn(organizationTemplate(settings)))).toEqual([asSet('member')]);
  });

  test('in the management account, by a stack of its own', () => {
    const stack = new IamVigilMemberRoleStack(anApp(), 'ManagementRole', { ...role, ...settings, isManagement: true });
    expect(ofRolesIn(Template.fromStack(stack).toJSON() as RoleTemplate)).toEqual([asSet('member')]);
  });

  test.each([
    ['of the scanning account', 'arn:aws:iam::111122223333:policy/base/MustHave', ownPolicy],
    ['of AWS', 'arn:aws:iam::aws:policy/ReadOnlyAccess', policyIn('aws', 'ReadOnlyAccess')],
  ])('a boundary by the ARN of a policy %s is the policy of that name where the role is', (_name, boundary, expected) => {
    expect(ofRolesIn(memberTemplateIn(organizationTemplate({ boundary })))).toMatchObject([{ PermissionsBoundary: expected }]);
  });

  test('a boundary that only the stack itself creates is refused: it does not exist in the member accounts', () => {
    const stack = new Stack(anApp(), 'Own');
    const permissionsBoundary = new ManagedPolicy(stack, 'Boundary', {
      statements: [new PolicyStatement({ actions: ['*'], resources: ['*'] })],
    });
    expect(() => new IamVigilOrganization(stack, 'Vigil', { ...organization, permissionsBoundary })).toThrow(/memberBoundary/);
  });

  test('without these settings there is no boundary, path or key', () => {
    for (const { Path, PermissionsBoundary } of [
      ...ofRolesIn(usual.toJSON() as RoleTemplate),
      ...ofRolesIn(memberTemplateIn(usual)),
    ])
      expect([Path ?? '/', PermissionsBoundary]).toEqual(['/', undefined]);
    expect(JSON.stringify(usual.toJSON())).not.toContain('kms:');
  });

  test('the state machine may use the key of the bucket, to read the accounts and to write the outcomes', () => {
    const template = organizationTemplate({ encryptionKeyArn });
    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('RunRole') }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          { Sid: 'Encrypt', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: encryptionKeyArn },
        ]),
      },
    });
  });
});

describe('the state machine', () => {
  test('is valid Amazon States Language, its paths and ARNs included', () => {
    const definition = definitionIn(organizationTemplate());
    const { isValid, errorsText } = validate(definition, { checkArn: true, checkPaths: true });
    expect([isValid, errorsText('\n')]).toEqual([true, '']);
  });

  test('the validator is at work', () => {
    const definition = definitionIn(organizationTemplate());
    const { Plan, ...others } = definition.States;
    const broken = { ...definition, States: { ...others, Plan: { ...Plan, Next: 'Nowhere' } } };
    expect(validate(broken).isValid).toBe(false);
  });

  test('every task is tried again: at once when a function could not begin, later when it failed', () => {
    const { States } = definitionIn(organizationTemplate());
    const tasks = Object.values(States).flatMap((state) =>
      state.ItemProcessor ? Object.values(state.ItemProcessor.States) : [state],
    );
    expect(tasks).toHaveLength(6);
    for (const { Type, Retry } of tasks)
      expect([Type, Retry]).toEqual([
        'Task',
        [
          expect.objectContaining({
            MaxAttempts: 10,
            JitterStrategy: 'FULL',
            ErrorEquals: expect.arrayContaining(['Lambda.TooManyRequestsException']) as unknown,
          }),
          expect.objectContaining({ MaxAttempts: 2, JitterStrategy: 'FULL', ErrorEquals: ['States.ALL'] }),
        ],
      ]);
  });
});
