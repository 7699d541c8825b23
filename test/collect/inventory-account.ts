import type { ComputeKind, Inventory } from '../../lambda/scanner/facts/compute.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { ACCOUNT } from '../support/builders.ts';

/** The Regions that are enabled in the accounts of these tests. */
export const REGIONS = ['eu-west-1', 'us-east-1'] as const;

/** The ARN of something of IAM. */
export const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;

/** A role: whom it trusts, and what it may do where that is not everything. */
export interface ServedRole {
  readonly trusts: readonly string[];
  /** The name of another role that it trusts. */
  readonly trustsRole?: string;
  readonly can?: readonly Json[];
}

/** What an account serves. */
export interface ServedAccount {
  /** Users, and the actions that they may do on everything. */
  readonly users?: Readonly<Record<string, readonly string[]>>;
  readonly roles: Readonly<Record<string, ServedRole>>;
  readonly items?: Inventory['items'];
  readonly regions?: readonly string[];
}

const document = (statements: readonly Json[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (...actions: readonly string[]) => ({ Effect: 'Allow', Action: actions, Resource: '*' });
const CREATED = '2024-03-01T10:20:30+00:00';

const COLUMNS =
  'user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date';

/** A report without any credentials. */
const report = (users: readonly string[]): string =>
  [
    COLUMNS,
    ...['<root_account>', ...users].map((user) => {
      const arn = iam(user === '<root_account>' ? 'root' : `user/${user}`);
      return `${user},${arn},${CREATED},false,N/A,false,false,N/A,N/A,false,N/A,N/A`;
    }),
  ].join('\n');

const common = { Path: '/', CreateDate: CREATED, AttachedManagedPolicies: [], Tags: [] };

/** An id of IAM, by the name. */
const uniqueId = (prefix: string, name: string) => `${prefix}${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`.padEnd(21, 'X');

const served = ({ code, roleArn, ...item }: Inventory['items'][number]) => ({
  ...item,
  roleArn: roleArn ?? null,
  code: code ?? null,
});

/** The account as the loopback AWS serves it; every role is in an instance profile of its name. */
export const serving = ({ users = {}, roles, items = [], regions = REGIONS }: ServedAccount): SnapshotFile => ({
  ...smallAccount,
  facts: {
    ...smallAccount.facts,
    identities: collected({
      UserDetailList: Object.entries(users).map(([name, actions]) => ({
        ...common,
        UserName: name,
        UserId: uniqueId('AIDA', name),
        Arn: iam(`user/${name}`),
        GroupList: [],
        UserPolicyList: [{ PolicyName: 'own', PolicyDocument: document([allow(...actions)]) }],
      })),
      GroupDetailList: [],
      RoleDetailList: Object.entries(roles).map(([name, { trusts, trustsRole, can = [allow('*')] }]) => ({
        ...common,
        RoleName: name,
        RoleId: uniqueId('AROA', name),
        Arn: iam(`role/${name}`),
        AssumeRolePolicyDocument: document([
          { Effect: 'Allow', Principal: { Service: trusts }, Action: 'sts:AssumeRole' },
          ...(trustsRole === undefined
            ? []
            : [{ Effect: 'Allow', Principal: { AWS: iam(`role/${trustsRole}`) }, Action: 'sts:AssumeRole' }]),
        ]),
        InstanceProfileList: [
          {
            Path: '/',
            InstanceProfileName: `${name}-profile`,
            InstanceProfileId: uniqueId('AIPA', name),
            Arn: iam(`instance-profile/${name}-profile`),
            CreateDate: CREATED,
            Roles: [],
          },
        ],
        RolePolicyList: [{ PolicyName: 'own', PolicyDocument: document(can) }],
      })),
      Policies: [],
    }),
    credentialReport: collected({ Content: report(Object.keys(users)), GeneratedTime: '2026-11-20T01:00:00+00:00' }),
    compute: collected({ regions, kinds: [], items: items.map(served), unseen: [] }),
  },
});

const resources = {
  'lambda-function': (name) => `lambda:REGION:${ACCOUNT}:function:${name}`,
  'ec2-instance': (name) => `ec2:REGION:${ACCOUNT}:instance/i-${name.padStart(8, '0')}`,
  'ssm-managed-instance': (name) => `ec2:REGION:${ACCOUNT}:instance/i-${name.padStart(8, '0')}`,
  'ec2-launch-template': (name) => `ec2:REGION:${ACCOUNT}:launch-template/lt-${name.padStart(8, '0')}`,
  'autoscaling-group': (name) => `autoscaling:REGION:${ACCOUNT}:autoScalingGroup:1234:autoScalingGroupName/${name}`,
  'latest-launch-template': (name) => `ec2:REGION:${ACCOUNT}:launch-template/lt-${name.padStart(8, '1')}`,
  'default-launch-template': (name) => `ec2:REGION:${ACCOUNT}:launch-template/lt-${name.padStart(8, '2')}`,
  'ecs-cluster': (name) => `ecs:REGION:${ACCOUNT}:cluster/${name}`,
  'ecs-service': (name) => `ecs:REGION:${ACCOUNT}:service/prod/${name}`,
  'ecs-task': (name) => `ecs:REGION:${ACCOUNT}:task/prod/${name}`,
  'codebuild-project': (name) => `codebuild:REGION:${ACCOUNT}:project/project-${name}`,
  'cloudformation-stack': (name) => `cloudformation:REGION:${ACCOUNT}:stack/${name}/1234`,
  'updatable-stack': (name) => `cloudformation:REGION:${ACCOUNT}:stack/${name}/1234`,
  'cloudformation-stack-set': (name) => `cloudformation:REGION:${ACCOUNT}:stackset/${name}:1234`,
  'sagemaker-notebook': (name) => `sagemaker:REGION:${ACCOUNT}:notebook-instance/${name}`,
  'glue-job': (name) => `glue:REGION:${ACCOUNT}:job/${name}`,
  'glue-dev-endpoint': (name) => `glue:REGION:${ACCOUNT}:devEndpoint/${name}`,
  'scheduler-schedule': (name) => `scheduler:REGION:${ACCOUNT}:schedule/default/${name}`,
} as const satisfies Partial<Record<ComputeKind, (name: string) => string>>;

/** The kinds that are looked for. */
export const kinds = Object.keys(resources).toSorted() as readonly (keyof typeof resources)[];

/** The kinds of which no role is listed. */
const withoutRole: readonly ComputeKind[] = [
  'ec2-launch-template',
  'autoscaling-group',
  'latest-launch-template',
  'default-launch-template',
  'ecs-cluster',
  'scheduler-schedule',
  'updatable-stack',
];

/** A thing in a Region, with a role if one is listed. */
export const thing = (kind: (typeof kinds)[number], name: string, role: string, region: string = REGIONS[0]) => ({
  kind,
  arn: `arn:aws:${resources[kind](name).replace('REGION', region)}`,
  ...(withoutRole.includes(kind) ? {} : { roleArn: iam(`role/${role}`) }),
});
