import type { Json } from '../../lambda/scanner/model/json.ts';
import { awsManagedPolicies } from './aws-managed.ts';
import type { UserSeed } from './credentials.ts';
import { pastDate } from './dates.ts';
import { awsPolicyArn, iamArn, stages, teams } from './names.ts';
import type { Random } from './random.ts';
import { document, teamDocument } from './statements.ts';
import { trustPolicy } from './trust.ts';

/** How many identities an account is to have. */
export interface AccountSize {
  readonly users: number;
  readonly roles: number;
  readonly policies: number;
}

const GROUPS = 300;
const BOUNDARY = 'developer-boundary';
const selfService = document([
  { Effect: 'Allow', Action: ['iam:GetUser', 'iam:ChangePassword'], Resource: iamArn('user/*/${aws:username}') },
  {
    Effect: 'Deny',
    NotAction: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'iam:ListMFADevices', 'sts:GetSessionToken'],
    Resource: '*',
    Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  },
]);
const boundaryDocument = document([
  { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
  { Effect: 'Allow', Action: ['iam:Get*', 'iam:List*', 'iam:PassRole'], Resource: '*' },
]);

const attached = (arns: readonly string[]): Json =>
  arns.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }));

const common = ['service-role/AWSLambdaBasicExecutionRole', 'AmazonSSMManagedInstanceCore', 'CloudWatchAgentServerPolicy'];
const broad = ['ReadOnlyAccess', 'AmazonS3ReadOnlyAccess', 'ViewOnlyAccess', 'AmazonDynamoDBFullAccess', 'AmazonEC2FullAccess'];
const rare = ['PowerUserAccess', 'SecurityAudit', 'AmazonS3FullAccess', 'service-role/AWSLambdaVPCAccessExecutionRole'];

/** Policies of AWS that a role has; thousands share the common ones. */
const awsPolicies = (random: Random): readonly string[] =>
  [
    ...(random.chance(0.6) ? [random.pick(common)] : []),
    ...(random.chance(0.12) ? [random.pick(broad)] : []),
    ...(random.chance(0.03) ? [random.pick(rare)] : []),
    ...(random.chance(0.005) ? ['AdministratorAccess'] : []),
    ...(random.chance(0.001) ? ['IAMFullAccess'] : []),
  ].map(awsPolicyArn);

const boundary = (random: Random, probability: number): Readonly<Record<string, Json>> =>
  random.chance(probability)
    ? { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: iamArn(`policy/${BOUNDARY}`) } }
    : {};

function policy(random: Random, name: string, documents: readonly Json[]): Json {
  const date = pastDate(random, 1500);
  return {
    PolicyName: name,
    PolicyId: random.id('ANPA'),
    Arn: iamArn(`policy/${name}`),
    Path: '/',
    DefaultVersionId: `v${documents.length}`,
    AttachmentCount: 1 + random.below(4),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: date,
    UpdateDate: date,
    PolicyVersionList: documents.map((Document, index) => ({
      VersionId: `v${index + 1}`,
      IsDefaultVersion: index === documents.length - 1,
      CreateDate: date,
      Document,
    })),
  };
}

function policies(random: Random, count: number): readonly Json[] {
  const own = Array.from({ length: count - 2 }, (_, index) => {
    const team = random.pick(teams);
    return policy(
      random,
      policyName(index),
      Array.from({ length: 1 + random.below(3) }, () => teamDocument(random, team)),
    );
  });
  return [
    policy(random, BOUNDARY, [boundaryDocument]),
    policy(random, 'self-service', [selfService]),
    ...own,
    ...awsManagedPolicies,
  ];
}

/** Policies are dealt to the teams in turn. */
const policyName = (index: number) => `${teams[index % teams.length] ?? ''}-${index}`;
const groupName = (index: number) =>
  `${teams[index % teams.length] ?? ''}${['', '-leads', '-readers'][Math.floor(index / 100)] ?? ''}`;

const groups = (random: Random, policyArns: readonly string[]): readonly Json[] =>
  Array.from({ length: GROUPS }, (_, index) => ({
    Path: '/',
    GroupName: index === 0 ? 'administrators' : groupName(index),
    GroupId: random.id('AGPA'),
    Arn: iamArn(`group/${index === 0 ? 'administrators' : groupName(index)}`),
    CreateDate: pastDate(random, 1500),
    GroupPolicyList: random.chance(0.2) ? [{ PolicyName: 'extra', PolicyDocument: teamDocument(random) }] : [],
    AttachedManagedPolicies:
      index === 0
        ? attached([awsPolicyArn('AdministratorAccess')])
        : attached([iamArn('policy/self-service'), ...random.some(policyArns, 1 + random.below(2))]),
  }));

/** Users, by name only; most are machines. */
export const userSeeds = (random: Random, count: number): readonly UserSeed[] =>
  Array.from({ length: count }, (_, index) => {
    const isPerson = random.chance(0.4);
    const name = isPerson ? `person.${index}` : `${random.pick(teams)}-bot-${index}`;
    const arn = iamArn(`user/${isPerson ? 'people' : 'machines'}/${name}`);
    return { name, arn, id: random.id('AIDA'), createdAt: pastDate(random, 1500), isPerson };
  });

const groupNames = Array.from({ length: GROUPS - 1 }, (_, index) => groupName(index + 1));

const user = (random: Random, seed: UserSeed, policyArns: readonly string[]): Json => ({
  Path: seed.isPerson ? '/people/' : '/machines/',
  UserName: seed.name,
  UserId: seed.id,
  Arn: seed.arn,
  CreateDate: seed.createdAt,
  GroupList: [
    ...(seed.isPerson ? random.some(groupNames, 1 + random.below(3)) : []),
    ...(random.chance(0.005) ? ['administrators'] : []),
  ],
  UserPolicyList: random.chance(0.1) ? [{ PolicyName: 'own', PolicyDocument: teamDocument(random) }] : [],
  AttachedManagedPolicies: attached(random.some(policyArns, seed.isPerson ? random.below(2) : 1 + random.below(2))),
  ...boundary(random, 0.05),
  Tags: [
    { Key: 'team', Value: random.pick(teams) },
    { Key: 'owner', Value: `person.${random.below(500)}@acme.example` },
  ],
});

function role(random: Random, arn: string, roleArns: readonly string[], policyArns: readonly string[]): Json {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const team = name.replace(/-\d+$/, '');
  const trust = trustPolicy(random, team, roleArns);
  return {
    Path: '/app/',
    RoleName: name,
    RoleId: random.id('AROA'),
    Arn: arn,
    CreateDate: pastDate(random, 1500),
    AssumeRolePolicyDocument: trust,
    InstanceProfileList: random.chance(0.05) ? [{ InstanceProfileName: name, Arn: iamArn(`instance-profile/${name}`) }] : [],
    RolePolicyList: random.chance(0.35) ? [{ PolicyName: 'app', PolicyDocument: teamDocument(random, team) }] : [],
    AttachedManagedPolicies: attached([...awsPolicies(random), ...random.some(policyArns, random.below(3))]),
    ...boundary(random, 0.05),
    Tags: [
      { Key: 'team', Value: team },
      { Key: 'stage', Value: random.pick(stages) },
    ],
    RoleLastUsed: random.chance(0.7) ? { LastUsedDate: pastDate(random, 390), Region: 'eu-west-1' } : {},
  };
}

/** What `get-account-authorization-details` prints of an account of this size. */
export function authorizationDetails(random: Random, size: AccountSize, seeds: readonly UserSeed[]): Json {
  const policyArns = Array.from({ length: size.policies - 2 }, (_, index) => iamArn(`policy/${policyName(index)}`));
  const roleArns = Array.from({ length: size.roles }, (_, index) => iamArn(`role/app/${random.pick(teams)}-${index}`));
  return {
    UserDetailList: seeds.map((seed) => user(random, seed, policyArns)),
    GroupDetailList: groups(random, policyArns),
    RoleDetailList: roleArns.map((arn) => role(random, arn, roleArns, policyArns)),
    Policies: policies(random, size.policies),
  };
}
