import validate from 'asl-validator';
import { type Template, Match } from 'aws-cdk-lib/assertions';
import { IamVigilOrganizationStack } from '../../lib/iam-vigil-organization-stack.ts';
import { IamVigilMemberRoleStack, memberRoleTemplate } from '../../lib/member-role-stack.ts';
import { organizationActions, securityHubActions } from '../../lambda/scanner/permissions.ts';
import { definitionIn, organization, organizationTemplate, unvalidated } from './organization-synthesized.ts';
import { anApp } from './synthesized.ts';

jest.setTimeout(120_000);

const role = { organizationId: 'o-exampleorgid', externalId: 'between-us' };

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
  const template = unvalidated(() => memberRoleTemplate(role));

  test('has a template that a service-managed stack set accepts: no transform, no CDK metadata, and small', () => {
    expect(Object.keys(parse(template)).toSorted()).toEqual(['Description', 'Parameters', 'Resources']);
    expect(Object.keys(parse(template).Parameters)).toEqual(['ScannerAccount']);
    expect(template).not.toMatch(/Transform|BootstrapVersion|CDKMetadata/);
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html
    expect(Buffer.byteLength(template)).toBeLessThan(51_200);
    const types = Object.values(parse(template).Resources).map(({ Type }) => Type);
    expect(types.toSorted()).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Role']);
  });

  test('trusts three roles of the scanner, from within the organization, with the external ID, and no other principal', () => {
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
            StringEquals: { 'sts:ExternalId': 'between-us', 'aws:PrincipalOrgID': 'o-exampleorgid' },
            ArnEquals: { 'aws:PrincipalArn': ['plan', 'scan-member', 'deliver'].map(scanner) },
          },
        },
      ],
    });
  });

  test('reads, and writes nothing but findings; with central delivery nothing at all', () => {
    const writes = (of: string) => actionsIn(of).filter((action) => !/:(Get|List|Describe|Generate)|^sts:/.test(action));
    expect(writes(template)).toEqual(['securityhub:BatchImportFindings', 'securityhub:BatchUpdateFindings']);
    expect(writes(unvalidated(() => memberRoleTemplate({ ...role, deliver: 'central' })))).toEqual([]);
  });

  test('reads the organization in the management account only', () => {
    const management = unvalidated(() => memberRoleTemplate({ ...role, isManagement: true }));
    expect(actionsIn(management)).toEqual(expect.arrayContaining([...organizationActions]));
    expect(actionsIn(template)).not.toContain('organizations:ListAccounts');
  });

  test('has the name and the path that the scanner assumes it by', () => {
    const named = organizationTemplate({ namePrefix: 'vigil', rolePath: '/security/' });
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
      Parameters: [{ ParameterKey: 'ScannerAccount', ParameterValue: { Ref: 'AWS::AccountId' } }],
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: ['r-ab12'] } }],
    });
    usual.resourcePropertiesCountIs('AWS::IAM::Role', { RoleName: 'iam-vigil-member' }, 0);
    const inManagement = organizationTemplate({ deployedIn: 'management' });
    inManagement.hasResourceProperties('AWS::CloudFormation::StackSet', { CallAs: 'SELF' });
    // No stack set reaches the management account.
    inManagement.resourcePropertiesCountIs('AWS::IAM::Role', { RoleName: 'iam-vigil-member' }, 1);
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
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'Deliver', Action: [...securityHubActions] })]) },
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

  test('the management role is deployed with the ID of the scanning account as a parameter', () => {
    const stack = new IamVigilMemberRoleStack(anApp(), 'ManagementRole', { ...role, isManagement: true });
    expect(stack.templateOptions.description).toContain('nightly scan');
    expect(() => new IamVigilOrganizationStack(anApp(), 'Bad', { ...organization, config: 'checks: 3' })).toThrow();
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
