import { Aws, CfnParameter, Validations } from 'aws-cdk-lib';
import { PolicyStatement, PrincipalWithConditions, AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { OrganizationDeliverTo } from '../lambda/handlers/contract.ts';
import { checks as allChecks } from '../lambda/scanner/checks/index.ts';
import { isEnabled, parseConfig } from '../lambda/scanner/config.ts';
import { actionsFor, organizationActions, securityHubActions } from '../lambda/scanner/permissions.ts';
import { hubArns } from './roles.ts';

/** How the roles of the scanner, and the one that they assume in every account, are called. */
export interface RoleNames {
  /** @default iam-vigil */
  readonly namePrefix?: string;
  /** @default / */
  readonly rolePath?: string;
}

/** Whom the role lets in, and what for. */
export interface MemberRoleProps extends RoleNames {
  /** The id of the Organization, such as `o-exampleorgid`. */
  readonly organizationId: string;
  /** What the trust policy asks for besides. */
  readonly externalId: string;
  /** Whether the account is the one that manages the Organization, which is also asked about all of it. */
  readonly isManagement?: boolean;
  /** @default 'members' */
  readonly deliver?: OrganizationDeliverTo;
  /**
   * The Region whose Security Hub gets the findings.
   *
   * @default the Region of the stack
   */
  readonly findingsRegion?: string;
  /**
   * The text of `iam-vigil.yaml`.
   *
   * @default every check that is on by default
   */
  readonly config?: string;
  /**
   * The account that scans.
   *
   * @default a parameter of the template
   */
  readonly scannerAccount?: string;
}

/** The states that get into the accounts. */
const enteringStates = ['plan', 'scan-member', 'deliver'] as const;

const prefixed = ({ namePrefix = 'iam-vigil' }: RoleNames, name: string) => `${namePrefix}-${name}`;

/** The name of the role that a state of the scanner runs as. It is fixed, since the role in every account names it. */
export const stateRoleName = (names: RoleNames, state: string): string => prefixed(names, state);

/** The name of the role in every account, with its path before it where it has one. */
export const memberRole = (names: RoleNames): string => `${(names.rolePath ?? '/').slice(1)}${prefixed(names, 'member')}`;

/** The parameter of a template that says which account scans. */
export const SCANNER_ACCOUNT = 'ScannerAccount';

/**
 * The role by which the scanner gets into one account. It lets in three roles of the scanner's account and nobody else, from within the
 * Organization, by an external id. It reads; what it may write is findings of iam-vigil, and not even these where they go elsewhere.
 */
export function memberRoleIn(scope: Construct, props: MemberRoleProps): Role {
  const { rolePath = '/', isManagement = false, deliver = 'members', findingsRegion = Aws.REGION, config = '' } = props;
  const parsed = parseConfig(config, allChecks);
  const enabled = allChecks.filter((check) => isEnabled(check, parsed));
  const role = new Role(scope, 'MemberRole', {
    roleName: prefixed(props, 'member'),
    path: rolePath,
    description: 'iam-vigil: read by the nightly scan of the Organization',
    assumedBy: scannerOf(scope, props),
  });
  role.addToPolicy(new PolicyStatement({ sid: 'Scan', actions: [...actionsFor(enabled)], resources: ['*'] }));
  if (isManagement)
    role.addToPolicy(new PolicyStatement({ sid: 'LookAtOrganization', actions: [...organizationActions], resources: ['*'] }));
  if (deliver === 'members')
    role.addToPolicy(
      new PolicyStatement({ sid: 'Deliver', actions: [...securityHubActions], resources: hubArns(scope, findingsRegion) }),
    );
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Actions that read IAM take no resource, or are asked of everything that the account has. None of them writes.',
  });
  return role;
}

/**
 * The account is trusted, and of it the roles by name: a role that is named as the principal must be there before, and is forgotten when
 * it is made anew. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
function scannerOf(scope: Construct, { scannerAccount, organizationId, externalId, ...names }: MemberRoleProps) {
  const account =
    scannerAccount ??
    new CfnParameter(scope, SCANNER_ACCOUNT, {
      description: 'The id of the account that iam-vigil is deployed in',
      allowedPattern: '^[0-9]{12}$',
    }).valueAsString;
  const path = names.rolePath ?? '/';
  const roles = enteringStates.map((state) => `arn:${Aws.PARTITION}:iam::${account}:role${path}${stateRoleName(names, state)}`);
  return new PrincipalWithConditions(new AccountPrincipal(account), {
    StringEquals: { 'sts:ExternalId': externalId, 'aws:PrincipalOrgID': organizationId },
    ArnEquals: { 'aws:PrincipalArn': roles },
  });
}
