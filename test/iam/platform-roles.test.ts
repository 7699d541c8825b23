import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import { ACCOUNT, aRole } from '../support/builders.ts';
import { ADMINISTRATOR, type RoleSpec, allow, iam, snapshotOf, trusts } from '../escalation/support.ts';

const MANAGEMENT = '999900001111';
const OTHER = '222233334444';
const rootOf = (account: string) => `arn:aws:iam::${account}:root`;
const roleOf = (account: string, role: string) => `arn:aws:iam::${account}:role/${role}`;
const ORG_ADMIN = 'aws-service-role/stacksets.cloudformation.amazonaws.com/AWSServiceRoleForCloudFormationStackSetsOrgAdmin';
const exec = `stacksets-exec-${'0a'.repeat(16)}`;
const cdk = (purpose: string, account = ACCOUNT) => `cdk-hnb659fds-${purpose}-role-${account}-eu-west-1`;

/** Whether the role is a platform role, and so ranked lower. */
function isPlatform(name: string, role: RoleSpec, others: Readonly<Record<string, RoleSpec>> = {}) {
  const access = analyze(snapshotOf({ roles: { [name]: role, ...others } }));
  if (access.status === 'unavailable') throw new Error(access.reason);
  return access.value.get(iam(`role${role.path ?? '/'}${name}`))?.platform;
}

const admin = (...trust: readonly string[]): RoleSpec => ({ attached: [ADMINISTRATOR], trust });

type Case = readonly [name: string, role: RoleSpec];

const genuine: Readonly<Record<string, Case>> = {
  'the execution role of Control Tower': ['AWSControlTowerExecution', admin(rootOf(MANAGEMENT))],
  'one that trusts only a role of the management account': ['AWSControlTowerExecution', admin(roleOf(MANAGEMENT, 'factory'))],
  'the role of Control Tower in the management account': [
    'AWSControlTowerAdmin',
    { path: '/service-role/', trust: ['controltower.amazonaws.com'] },
  ],
  'the role of a StackSet of Control Tower': [
    'AWSControlTowerStackSetRole',
    { path: '/service-role/', trust: ['cloudformation.amazonaws.com'] },
  ],
  'the administrator of the audit account': [
    'aws-controltower-AdministratorExecutionRole',
    admin(roleOf(OTHER, 'aws-controltower-AuditAdministratorRole')),
  ],
  'a function of Control Tower': ['aws-controltower-ForwardSnsNotificationRole', { trust: ['lambda.amazonaws.com'] }],
  'the role that Organizations creates': ['OrganizationAccountAccessRole', admin(rootOf(MANAGEMENT))],
  'a StackSet with service-managed permissions': [exec, admin(roleOf(MANAGEMENT, ORG_ADMIN))],
  'a StackSet with self-managed permissions': ['AWSCloudFormationStackSetExecutionRole', admin(rootOf(OTHER))],
  'its administration role': [
    'AWSCloudFormationStackSetAdministrationRole',
    { trust: ['cloudformation.amazonaws.com'], can: [allow('sts:AssumeRole', 'arn:aws:iam::*:role/x')] },
  ],
  'Account Factory for Terraform': [
    'AWSAFTExecution',
    {
      attached: [ADMINISTRATOR],
      trust: [roleOf(OTHER, 'AWSAFTAdmin'), `arn:aws:sts::${OTHER}:assumed-role/AWSAFTAdmin/AWSAFT-Session`],
    },
  ],
  'its service role': ['AWSAFTService', admin(roleOf(OTHER, 'AWSAFTAdmin'))],
  'the CDK: CloudFormation': [cdk('cfn-exec'), admin('cloudformation.amazonaws.com')],
  'the CDK: deployments': [cdk('deploy'), { trust: [iam('root'), rootOf(OTHER)] }],
  'the CDK: files': [cdk('file-publishing'), { trust: [iam('root')] }],
  'the CDK: look-ups': [cdk('lookup'), { trust: [iam('root')] }],
  'IAM Identity Center': [
    'AWSReservedSSO_Admin_0123456789abcdef',
    {
      path: '/aws-reserved/sso.amazonaws.com/',
      attached: [ADMINISTRATOR],
      trust: [trusts({ Federated: iam('saml-provider/AWSSSO_x_DO_NOT_DELETE') }, { Action: 'sts:AssumeRoleWithSAML' })],
    },
  ],
  'a service-linked role': [
    'AWSServiceRoleForSSO',
    { path: '/aws-service-role/sso.amazonaws.com/', trust: ['sso.amazonaws.com'] },
  ],
};

test.each(Object.entries(genuine))('a platform role: %s', (_name, [name, role]) => {
  expect(isPlatform(name, role)).toBe(true);
});

const borrowed: Readonly<Record<string, Case>> = {
  'no role of Control Tower, for Lambda': ['aws-controltower-Audit2', admin('lambda.amazonaws.com')],
  'no role of Account Factory, for Lambda': ['AWSAFTExec2', admin('lambda.amazonaws.com')],
  'no role of the CDK, for Lambda': ['cdk-zz-deploy-role-1', admin('lambda.amazonaws.com')],
  'no role of a StackSet, for Lambda': ['stacksets-exec-zz', admin('lambda.amazonaws.com')],
  'the exact name, for Lambda': ['AWSControlTowerExecution', admin('lambda.amazonaws.com')],
  'the exact name, for Lambda as well': ['AWSControlTowerExecution', admin(rootOf(MANAGEMENT), 'lambda.amazonaws.com')],
  'the exact name, for the own account': ['OrganizationAccountAccessRole', admin(iam('root'))],
  'the exact name, for everyone': ['AWSControlTowerExecution', admin('*')],
  'the exact name, for all but one': [
    'AWSControlTowerExecution',
    {
      attached: [ADMINISTRATOR],
      trust: [{ Effect: 'Allow', NotPrincipal: { AWS: rootOf(MANAGEMENT) }, Action: 'sts:AssumeRole' }],
    },
  ],
  'a role of another name in the management account': [exec, admin(roleOf(MANAGEMENT, 'app'))],
  'a role that looks like that of Account Factory': ['AWSAFTService', admin(roleOf(OTHER, 'dev/AWSAFTAdmin'))],
  'the CDK, of another account': [cdk('cfn-exec', OTHER), admin('cloudformation.amazonaws.com')],
  'the CDK, for a role': [cdk('cfn-exec'), admin(roleOf(ACCOUNT, 'app'))],
  'a role of the CDK that leads nowhere, made admin': [cdk('lookup'), admin(iam('root'))],
  'a role of the CDK that passes a role to CloudFormation, made admin itself': [cdk('deploy'), admin(iam('root'))],
  'a function of Control Tower, made admin': ['aws-controltower-ForwardSnsNotificationRole', admin('lambda.amazonaws.com')],
  'the role of Control Tower without its path': ['AWSControlTowerAdmin', { trust: ['controltower.amazonaws.com'] }],
  'the name of IAM Identity Center without its path': ['AWSReservedSSO_Admin_0123456789abcdef', admin(iam('root'))],
  'a trust policy that cannot be read': ['AWSControlTowerExecution', { attached: [ADMINISTRATOR], trustPolicy: 'x' }],
  'an ordinary role': ['app', admin(rootOf(MANAGEMENT))],
};

test.each(Object.entries(borrowed))('not a platform role: %s', (_name, [name, role]) => {
  expect(isPlatform(name, role)).toBe(false);
});

test('the CDK: a deployment role that becomes admin through CloudFormation is a platform role', () => {
  const deploy = {
    trust: [iam('root')],
    can: [allow(['cloudformation:*', 'iam:PassRole'])],
  };
  const role = aRole(cdk('cfn-exec'));
  expect(isPlatform(cdk('deploy'), deploy, { [role.name]: admin('cloudformation.amazonaws.com') })).toBe(true);
});
