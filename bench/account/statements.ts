import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT_ID, iamArn, stages, teams } from './names.ts';
import type { Random } from './random.ts';

/** One statement of a policy document. */
export type Statement = Readonly<Record<string, Json>>;

/** A document with these statements. */
export const document = (statements: readonly Statement[]): Json => ({ Version: '2012-10-17', Statement: statements });

/** Makes a statement about what a team owns. */
type Kind = (random: Random, team: string) => Statement;

const allow = (action: Json, resource: Json, condition?: Json): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...(condition === undefined ? {} : { Condition: condition }),
});

const arn = (service: string, resource: string, region = 'eu-west-1') => `arn:aws:${service}:${region}:${ACCOUNT_ID}:${resource}`;

const everyday: readonly Kind[] = [
  (random, team) => {
    const bucket = `arn:aws:s3:::acme-${team}-${random.pick(stages)}-${random.below(40)}`;
    return allow(random.some(['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'], 3), [bucket, `${bucket}/*`]);
  },
  (random, team) =>
    allow(random.some(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'], 3), [
      arn('dynamodb', `table/${team}-${random.below(60)}`),
    ]),
  (random, team) =>
    allow(['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'], arn('sqs', `${team}-${random.below(30)}`)),
  (random, team) => allow('sns:Publish', arn('sns', `${team}-${random.pick(['alerts', 'orders', 'events'])}`)),
  (_random, team) => allow(['secretsmanager:GetSecretValue'], arn('secretsmanager', `secret:${team}/*`)),
  (random, team) =>
    allow(['ssm:GetParameter', 'ssm:GetParametersByPath'], arn('ssm', `parameter/${team}/${random.pick(stages)}/*`)),
  (random) => allow(['kms:Decrypt', 'kms:GenerateDataKey'], arn('kms', `key/${random.id('').toLowerCase()}`)),
  (_random, team) => allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arn('logs', `log-group:/aws/lambda/${team}-*:*`)),
  (random) => allow(random.some(['ec2:Describe*', 'cloudwatch:Get*', 'tag:GetResources', 'ecs:List*', 'rds:Describe*'], 3), '*'),
];

const conditional: readonly Kind[] = [
  (_random, team) =>
    allow(['ec2:StartInstances', 'ec2:StopInstances', 'ec2:RebootInstances'], '*', {
      StringEquals: { 'aws:ResourceTag/team': team },
    }),
  (_random, team) =>
    allow(['s3:GetObject'], `arn:aws:s3:::acme-${team}-shared/*`, { StringEquals: { 'aws:SourceVpce': 'vpce-0f3a9c1b' } }),
  (_random, team) =>
    allow(['cloudformation:*'], arn('cloudformation', `stack/${team}-*`), { Bool: { 'aws:SecureTransport': 'true' } }),
  (random) =>
    allow(['rds:*', 'elasticache:*'], '*', {
      StringEquals: { 'aws:RequestedRegion': random.some(['eu-west-1', 'eu-central-1'], 2) },
    }),
  () => allow(['s3:ListAllMyBuckets', 'athena:*'], '*', { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] } }),
  () => allow(['sts:TagSession', 'ecr:*'], '*', { StringLike: { 'aws:PrincipalTag/team': ['pay-*', 'shop-*', 'core-*'] } }),
];

const deploying: readonly Kind[] = [
  (random, team) =>
    allow('iam:PassRole', iamArn(`role/app/${team}-*`), {
      StringEquals: {
        'iam:PassedToService': random.pick(['lambda.amazonaws.com', 'ecs-tasks.amazonaws.com', 'ec2.amazonaws.com']),
      },
    }),
  (_random, team) =>
    allow(['lambda:CreateFunction', 'lambda:UpdateFunctionCode', 'lambda:InvokeFunction'], arn('lambda', `function:${team}-*`)),
  (_random, team) => allow(['ecs:RegisterTaskDefinition', 'ecs:UpdateService', 'ecs:RunTask'], arn('ecs', `service/${team}/*`)),
  (random, team) =>
    allow('sts:AssumeRole', [iamArn(`role/app/${team}-${random.below(50)}`), `arn:aws:iam::444455556666:role/${team}-*`]),
  (_random, team) => allow(['states:StartExecution', 'states:DescribeExecution'], arn('states', `stateMachine:${team}-*`)),
];

const denying: readonly Kind[] = [
  () => ({
    Effect: 'Deny',
    NotAction: ['iam:*', 'sts:*', 'cloudfront:*', 'route53:*', 'support:*', 'organizations:*'],
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1', 'us-east-1'] } },
  }),
  () => ({ Effect: 'Deny', Action: ['iam:*AccessKey*', 'iam:CreateUser'], Resource: '*' }),
  (_random, team) => ({ Effect: 'Deny', Action: 's3:DeleteBucket', NotResource: `arn:aws:s3:::acme-${team}-dev-*` }),
];

const negated: readonly Kind[] = [
  () => ({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*', 'sts:*', 'kms:*'], Resource: '*' }),
  (_random, team) => ({ Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], NotResource: `arn:aws:s3:::acme-${team}-secret/*` }),
];

/** What lets its holder further than was meant, as far as the ARNs named allow it. */
const dangerous: readonly Kind[] = [
  () => allow('iam:CreateAccessKey', iamArn('user/*')),
  (_random, team) => allow(['iam:PutRolePolicy', 'iam:AttachRolePolicy'], iamArn(`role/app/${team}-*`)),
  (_random, team) => allow(['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'], iamArn(`policy/${team}-*`)),
  () => allow(['iam:PassRole', 'ec2:RunInstances', 'lambda:CreateFunction', 'lambda:InvokeFunction'], '*'),
  (_random, team) => allow('iam:UpdateAssumeRolePolicy', iamArn(`role/app/${team}-*`)),
  () => allow(['ssm:SendCommand', 'ssm:StartSession'], '*'),
  (_random, team) => allow('iam:AddUserToGroup', iamArn(`group/${team}*`)),
  () =>
    allow(['iam:UpdateLoginProfile', 'iam:CreateLoginProfile'], iamArn('user/people/*'), {
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
    }),
  (_random, team) => allow('lambda:UpdateFunctionCode', arn('lambda', `function:${team}-*`)),
  () => allow(['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'], '*'),
];

/** How often each kind is met, in a hundred statements. */
const mix: readonly (readonly [number, readonly Kind[]])[] = [
  [70, everyday],
  [12, conditional],
  [12, deploying],
  [4, denying],
  [1, negated],
  [0.6, dangerous],
];
const TOTAL = mix.reduce((sum, [weight]) => sum + weight, 0);

function statement(random: Random, team: string): Statement {
  let left = (random.below(1_000_000) / 1_000_000) * TOTAL;
  const [, kinds] = mix.find(([weight]) => (left -= weight) < 0) ?? [0, everyday];
  return random.pick(kinds)(random, team);
}

/** Most documents have a few statements; one in fifty has many. */
const length = (random: Random): number => (random.chance(0.02) ? 15 + random.below(25) : 1 + random.below(5));

/** A document about what a team owns. */
export const teamDocument = (random: Random, team: string = random.pick(teams)): Json =>
  document(Array.from({ length: length(random) }, () => statement(random, team)));
