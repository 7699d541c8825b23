import type { Verdict } from '../model/verdict.ts';

/** A service, or an account with the principals in it that the pattern allows (absent: all). */
export type PlatformTrust = { readonly service: string } | { readonly account: 'any' | 'management'; readonly resource?: RegExp };

/** A role that AWS or a common landing zone creates, and what is known of it besides its name. */
export interface PlatformRole {
  readonly name: RegExp;
  readonly path: string;
  readonly trusts: readonly PlatformTrust[];
  /** The strongest verdict that it has by design. */
  readonly strongest: Verdict;
}

const role = (
  name: RegExp,
  strongest: Verdict,
  trusts: readonly PlatformTrust[],
  path: '/' | '/service-role/' = '/',
): PlatformRole => ({ name, strongest, trusts, path });

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
  role(/^AWSControlTowerExecution$/, 'admin', [managementAccount]),
  role(/^AWSControlTowerAdmin$/, 'can-become-admin', [service('controltower')], '/service-role/'),
  role(/^AWSControlTowerStackSetRole$/, 'can-become-admin', [service('cloudformation')], '/service-role/'),
  role(/^AWSControlTowerCloudTrailRole$/, 'none', [service('cloudtrail')], '/service-role/'),
  role(/^AWSControlTowerConfigAggregatorRoleForOrganizations$/, 'none', [service('config')], '/service-role/'),
  role(/^aws-controltower-AdministratorExecutionRole$/, 'admin', [roleOfAnyAccount('aws-controltower-AuditAdministratorRole')]),
  role(/^aws-controltower-ReadOnlyExecutionRole$/, 'none', [roleOfAnyAccount('aws-controltower-AuditReadOnlyRole')]),
  role(/^aws-controltower-AuditAdministratorRole$/, 'can-become-admin', [service('lambda')]),
  role(/^aws-controltower-(AuditReadOnlyRole|ForwardSnsNotificationRole)$/, 'none', [service('lambda')]),
  role(/^aws-controltower-ConfigRecorderRole$/, 'none', [service('config')]),
  role(/^aws-controltower-CloudWatchLogsRole$/, 'none', [service('cloudtrail')]),
];

/**
 * Roles of AWS Organizations and of CloudFormation StackSets.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
 */
const organizationRoles = [
  role(/^OrganizationAccountAccessRole$/, 'admin', [managementAccount]),
  role(/^stacksets-exec-[0-9a-f]{32}$/, 'admin', [
    {
      account: 'management',
      resource:
        /^role\/aws-service-role\/stacksets\.cloudformation\.amazonaws\.com\/AWSServiceRoleForCloudFormationStackSetsOrgAdmin$/,
    },
  ]),
  role(/^AWSCloudFormationStackSetExecutionRole$/, 'admin', [
    anyAccountRoot,
    roleOfAnyAccount('AWSCloudFormationStackSetAdministrationRole'),
  ]),
  role(/^AWSCloudFormationStackSetAdministrationRole$/, 'can-become-admin', [service('cloudformation')]),
];

/**
 * Roles of Account Factory for Terraform.
 * https://github.com/aws-ia/terraform-aws-control_tower_account_factory/tree/main/modules/aft-iam-roles
 */
const accountFactory = [
  role(/^AWSAFTAdmin$/, 'can-become-admin', [anyAccountRoot]),
  role(/^AWSAFT(Execution|Service)$/, 'admin', [
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
    role(name('cfn-exec'), 'admin', [service('cloudformation')]),
    role(name('deploy'), 'can-become-admin', [anyAccountRoot]),
    role(name('file-publishing|image-publishing|lookup'), 'none', [anyAccountRoot]),
  ];
}

/** The platform roles of an account. Those of IAM Identity Center and of services are known by their path. */
export const platformRoles = (accountId: string): readonly PlatformRole[] => [
  ...controlTower,
  ...organizationRoles,
  ...accountFactory,
  ...cdkRoles(accountId),
];

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
