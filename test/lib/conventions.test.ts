import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { type IVpc, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  AccountPrincipal,
  AnyPrincipal,
  ArnPrincipal,
  Group,
  type IGrantable,
  Role,
  ServicePrincipal,
  User,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { IamVigil, IamVigilOrganization, type IamVigilProps } from '../../lib/index.ts';
import { organization } from './organization-synthesized.ts';
import { type Statement, actionsOf, anApp, statementsIn } from './synthesized.ts';

const PERSON = 'arn:aws:iam::111122223333:role/Auditor';

/** A stack, one of both constructs in it, and what the test adds. */
function made<T extends IamVigil | IamVigilOrganization>(construct: (stack: Stack) => T, add: (vigil: T, stack: Stack) => void) {
  const stack = new Stack(anApp(), 'Test');
  add(construct(stack), stack);
  return Template.fromStack(stack);
}

const single =
  (props: (stack: Stack) => IamVigilProps = () => ({})) =>
  (stack: Stack) =>
    new IamVigil(stack, 'IamVigil', props(stack));
const ofOrganization =
  (props: (stack: Stack) => Pick<IamVigilProps, 'environmentEncryption' | 'readers' | 'vpc'> = () => ({})) =>
  (stack: Stack) =>
    new IamVigilOrganization(stack, 'IamVigil', { ...organization, ...props(stack) });
const both = { 'one account': single, 'an organization': ofOrganization };

const policiesOf = (template: Template, name: string): readonly Statement[] =>
  Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(([id, policy]) =>
    id.startsWith(name) ? statementsIn(policy) : [],
  );

const readersOf = (template: Template): readonly unknown[] => {
  const [policy] = Object.values(template.findResources('AWS::S3::BucketPolicy'));
  const denied = statementsIn(policy).find(({ Sid }) => Sid === 'OnlyReaders');
  return (denied?.Condition as { ArnNotLike: { 'aws:PrincipalArn': readonly unknown[] } }).ArnNotLike['aws:PrincipalArn'];
};

describe.each(Object.entries(both))('grantReadReports of %s', (_, construct) => {
  test('allows to read reports, and no longer denies it', () => {
    const template = made<IamVigil | IamVigilOrganization>(construct(), (vigil, stack) =>
      vigil.grantReadReports(Role.fromRoleArn(stack, 'Auditor', PERSON)),
    );
    const [allowed] = policiesOf(template, 'Auditor');
    expect(allowed?.Action).toContain('s3:GetObject*');
    expect(JSON.stringify(allowed?.Resource)).toContain('/reports/*');
    expect(readersOf(template)).toContain(PERSON);
  });

  test('keeps the readers of the properties', () => {
    const template = made<IamVigil | IamVigilOrganization>(
      construct(() => ({ readers: ['arn:aws:iam::111122223333:role/Other'] })),
      (vigil, stack) => vigil.grantReadReports(new User(stack, 'Person')),
    );
    expect(readersOf(template)).toEqual(
      expect.arrayContaining([
        'arn:aws:iam::111122223333:role/Other',
        { 'Fn::GetAtt': [expect.stringMatching(/^Person/), 'Arn'] },
      ]),
    );
  });
});

test('with a key, who may read reports may decrypt them', () => {
  const template = made(
    single((stack) => ({ encryptionKey: new Key(stack, 'Key') })),
    (vigil, stack) => vigil.grantReadReports(new User(stack, 'Person')),
  );
  expect(actionsOf(policiesOf(template, 'Person'))).toContain('kms:Decrypt');
});

test('reports are granted to an ARN that is given', () => {
  const template = made(single(), (vigil) => vigil.grantReadReports(new ArnPrincipal(PERSON)));
  expect(readersOf(template)).toContain(PERSON);
});

test.each<[who: string, grantee: (stack: Stack) => IGrantable]>([
  ['an account', () => new AccountPrincipal('111122223333')],
  ['everyone', () => new AnyPrincipal()],
  ['a service', () => new ServicePrincipal('glue.amazonaws.com')],
  ['a group', (stack) => new Group(stack, 'People')],
])('reports are not granted to %s, which the policy of the bucket would go on to deny', (_, grantee) => {
  const grant = () => made(single(), (vigil, stack) => vigil.grantReadReports(grantee(stack)));
  expect(grant).toThrow('grantReadReports takes a role or a user');
});

test('a scan can be started by who is granted it', () => {
  const invoker = made(single(), (vigil, stack) => vigil.grantInvoke(new User(stack, 'Person')));
  expect(actionsOf(policiesOf(invoker, 'Person'))).toEqual(['lambda:InvokeFunction']);
  const starter = made(ofOrganization(), (vigil, stack) => vigil.grantStartExecution(new User(stack, 'Person')));
  expect(actionsOf(policiesOf(starter, 'Person'))).toEqual(['states:StartExecution']);
});

test('metrics are those that the function publishes, and can be read in another way', () => {
  made(single(), (vigil) => {
    expect(vigil.metricRuns()).toMatchObject({
      namespace: 'IamVigil',
      metricName: 'Runs',
      statistic: 'Sum',
      period: Duration.minutes(5),
    });
    expect(vigil.metricIncompleteRuns().metricName).toBe('IncompleteRuns');
    expect(vigil.metricFailedFindings({ period: Duration.days(1) })).toMatchObject({
      statistic: 'Maximum',
      period: Duration.days(1),
    });
    expect(vigil.metricUnknownFindings({ statistic: 'Minimum' })).toMatchObject({
      metricName: 'UnknownFindings',
      statistic: 'Minimum',
    });
    expect(vigil.metricToldChanges().dimensions).toEqual({ service: vigil.scan.functionName });
    expect(vigil.metric('Runs').metricName).toBe('Runs');
  });
  made(ofOrganization(), (vigil) => {
    expect(vigil.metricAccountsNotScanned()).toMatchObject({
      metricName: 'AccountsNotScanned',
      dimensions: { service: vigil.functions.summarize.functionName },
    });
  });
});

test('memory and timeout are those of the function, and the alarm follows the timeout', () => {
  const template = made(
    single(() => ({ memorySize: 3008, timeout: Duration.minutes(10) })),
    () => undefined,
  );
  template.hasResourceProperties('AWS::Lambda::Function', { MemorySize: 3008, Timeout: 600 });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Duration', Threshold: 480_000 });
});

test.each<[what: string, props: IamVigilProps, problem: string]>([
  ['too little memory', { memorySize: 256 }, 'memorySize must be 512 to 10240 megabytes, but is 256'],
  ['more memory than Lambda has', { memorySize: 10_241 }, 'memorySize must be 512 to 10240 megabytes, but is 10241'],
  [
    'a timeout that leaves no time to collect',
    { timeout: Duration.minutes(3) },
    'timeout must be 5 to 15 minutes, but is 3 minutes',
  ],
  ['a longer timeout than Lambda has', { timeout: Duration.hours(1) }, 'timeout must be 5 to 15 minutes, but is 1 hour'],
])('%s is refused', (_, props, problem) => {
  expect(() =>
    made(
      single(() => props),
      () => undefined,
    ),
  ).toThrow(problem);
});

describe.each(Object.entries(both))('the functions of %s', (_, construct) => {
  test('run in a VPC, to which Lambda connects them and their code cannot', () => {
    const template = made<IamVigil | IamVigilOrganization>(
      construct((stack) => {
        // The types of the CDK do not support exact optional properties.
        const vpc = new Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false }) as IVpc;
        return { vpc, securityGroups: [new SecurityGroup(stack, 'Group', { vpc })] };
      }),
      () => undefined,
    );
    template.allResourcesProperties('AWS::Lambda::Function', {
      VpcConfig: {
        SubnetIds: Match.anyValue(),
        SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Group'), 'GroupId'] }],
      },
    });
    const connecting = policiesOf(template, 'IamVigil').filter(({ Sid }) => Sid === 'Connect' || Sid === 'OnlyLambdaConnects');
    const functions = Object.keys(template.findResources('AWS::Lambda::Function')).length;
    expect(connecting.filter(({ Effect }) => Effect === 'Allow')).toHaveLength(functions);
    expect(connecting.filter(({ Effect, Condition }) => Effect === 'Deny' && Condition !== undefined)).toHaveLength(functions);
  });

  test('have their environment encrypted with a key that they may use', () => {
    const template = made<IamVigil | IamVigilOrganization>(
      construct((stack) => ({ environmentEncryption: new Key(stack, 'Key') })),
      () => undefined,
    );
    template.allResourcesProperties('AWS::Lambda::Function', {
      KmsKeyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
    });
    const functions = Object.keys(template.findResources('AWS::Lambda::Function')).length;
    expect(policiesOf(template, 'IamVigil').filter(({ Action }) => Action === 'kms:Decrypt')).toHaveLength(functions);
  });
});
