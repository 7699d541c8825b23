import type { Verdict } from '../model/verdict.ts';

/** A service, or an account with the principals in it that the pattern allows (absent: all). */
export type PlatformTrust = { readonly service: string } | { readonly account: 'any' | 'management'; readonly resource?: RegExp };

/** What creates the roles of a platform. */
export type PlatformKind =
  'AWS Control Tower' | 'AWS Organizations' | 'CloudFormation StackSets' | 'Account Factory for Terraform' | 'the AWS CDK';

/** A role that AWS or a common landing zone creates, and what is known of it besides its name. */
export interface PlatformRole {
  readonly kind: PlatformKind;
  readonly name: RegExp;
  readonly path: string;
  readonly trusts: readonly PlatformTrust[];
  /** The strongest verdict that it has by design. */
  readonly strongest: Verdict;
}

const roleOf =
  (kind: PlatformKind) =>
  (name: RegExp, strongest: Verdict, trusts: readonly PlatformTrust[], path: '/' | '/service-role/' = '/'): PlatformRole => ({
    kind,
    name,
    strongest,
    trusts,
    path,
  });

const ofControlTower = roleOf('AWS Control Tower');
const ofOrganizations = roleOf('AWS Organizations');
const ofStackSets = roleOf('CloudFormation StackSets');
const ofAccountFactory = roleOf('Account Factory for Terraform');
const ofCdk = roleOf('the AWS CDK');

const service = (name: string): PlatformTrust => ({ service: `${name}.amazonaws.com` });
const managementAccount: PlatformTrust = { account: 'management' };
const anyAccountRoot: PlatformTrust = { account: 'any', resource: /^root$/ };
const roleOfAnyAccount = (name: string): PlatformTrust => ({ account: 'any', resource: new RegExp(`^role/${name}$`) });

/**
 * Roles of AWS Control Tower.
 * https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html
 * https://docs.aws.amazon.com/controltower/latest/userguide/access-control-managing-permissions.html
 */
const controlTower = [
  ofControlTower(/^AWSControlTowerExecution$/, 'admin', [managementAccount]),
  ofControlTower(/^AWSControlTowerAdmin$/, 'can-become-admin', [service('controltower')], '/service-role/'),
  ofControlTower(/^AWSControlTowerStackSetRole$/, 'can-become-admin', [service('cloudformation')], '/service-role/'),
  ofControlTower(/^AWSControlTowerCloudTrailRole$/, 'none', [service('cloudtrail')], '/service-role/'),
  ofControlTower(/^AWSControlTowerConfigAggregatorRoleForOrganizations$/, 'none', [service('config')], '/service-role/'),
  ofControlTower(/^aws-controltower-AdministratorExecutionRole$/, 'admin', [
    roleOfAnyAccount('aws-controltower-AuditAdministratorRole'),
  ]),
  ofControlTower(/^aws-controltower-ReadOnlyExecutionRole$/, 'none', [roleOfAnyAccount('aws-controltower-AuditReadOnlyRole')]),
  ofControlTower(/^aws-controltower-AuditAdministratorRole$/, 'can-become-admin', [service('lambda')]),
  ofControlTower(/^aws-controltower-(AuditReadOnlyRole|ForwardSnsNotificationRole)$/, 'none', [service('lambda')]),
  ofControlTower(/^aws-controltower-ConfigRecorderRole$/, 'none', [service('config')]),
  ofControlTower(/^aws-controltower-CloudWatchLogsRole$/, 'none', [service('cloudtrail')]),
];

/**
 * Roles of AWS Organizations and of CloudFormation StackSets.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
 */
const organizationRoles = [
  ofOrganizations(/^OrganizationAccountAccessRole$/, 'admin', [managementAccount]),
  ofStackSets(/^stacksets-exec-[0-9a-f]{32}$/, 'admin', [
    {
      account: 'management',
      resource:
        /^role\/aws-service-role\/stacksets\.cloudformation\.amazonaws\.com\/AWSServiceRoleForCloudFormationStackSetsOrgAdmin$/,
    },
  ]),
  ofStackSets(/^AWSCloudFormationStackSetExecutionRole$/, 'admin', [
    anyAccountRoot,
    roleOfAnyAccount('AWSCloudFormationStackSetAdministrationRole'),
  ]),
  ofStackSets(/^AWSCloudFormationStackSetAdministrationRole$/, 'can-become-admin', [service('cloudformation')]),
];

/**
 * Roles of Account Factory for Terraform.
 * https://github.com/aws-ia/terraform-aws-control_tower_account_factory/tree/main/modules/aft-iam-roles
 */
const accountFactory = [
  ofAccountFactory(/^AWSAFTAdmin$/, 'can-become-admin', [anyAccountRoot]),
  ofAccountFactory(/^AWSAFT(Execution|Service)$/, 'admin', [
    roleOfAnyAccount('AWSAFTAdmin'),
    { account: 'any', resource: /^assumed-role\/AWSAFTAdmin\/[^/]+$/ },
  ]),
];

/**
 * Roles of the CDK: their names have the account and the Region. `cdk bootstrap --trust` adds accounts.
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
function cdkRoles(accountId: string): readonly PlatformRole[] {
  const name = (purpose: string) => new RegExp(`^cdk-[a-z0-9]+-(${purpose})-role-${accountId}-[a-z]+(-[a-z]+)+-[0-9]+$`);
  return [
    ofCdk(name('cfn-exec'), 'admin', [service('cloudformation')]),
    ofCdk(name('deploy'), 'can-become-admin', [anyAccountRoot]),
    ofCdk(name('file-publishing|image-publishing|lookup'), 'none', [anyAccountRoot]),
  ];
}

/** The platform roles of an account. Those of IAM Identity Center and of services are known by their path. */
export const platformRoles = (accountId: string): readonly PlatformRole[] => [
  ...controlTower,
  ...organizationRoles,
  ...accountFactory,
  ...cdkRoles(accountId),
];

/** What creates the role of this name; undefined for a role that is no platform role, or is known by its path. */
export const platformKind = (accountId: string, roleName: string): PlatformKind | undefined =>
  platformRoles(accountId).find(({ name }) => name.test(roleName))?.kind;

/** What the names of platform roles begin with. */
const beginnings = [
  'AWSControlTower',
  'aws-controltower-',
  'OrganizationAccountAccessRole',
  'AWSCloudFormationStackSet',
  'stacksets-exec-',
  'AWSAFT',
  'cdk-[a-z0-9]+-(cfn-exec|deploy|file-publishing|image-publishing|lookup)-role-',
  'AWSReservedSSO_',
  'AWSServiceRoleFor',
];

const beginning = new RegExp(`^(${beginnings.join('|')})`, 'i');

/** Whether a name looks like that of a platform role. */
export const looksLikePlatformRole = (name: string): boolean => beginning.test(name);
