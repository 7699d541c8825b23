import { Aws, CfnParameter, Tags } from 'aws-cdk-lib';
import {
  AccountPrincipal,
  type IManagedPolicy,
  ManagedPolicy,
  PolicyStatement,
  PrincipalWithConditions,
  Role,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { OrganizationDeliverTo } from '../lambda/handlers/contract.ts';
import { checks as allChecks } from '../lambda/scanner/checks/index.ts';
import { isEnabled, parseConfig } from '../lambda/scanner/config.ts';
import { actionsFor, organizationActions } from '../lambda/scanner/permissions.ts';
import { acknowledge } from './acknowledge.ts';
import { deliveryTo } from './roles.ts';

/** The names of the scanner's roles, and of the role that they assume in every account. */
export interface RoleNames {
  /** @default iam-vigil */
  readonly namePrefix?: string;
  /** @default / */
  readonly rolePath?: string;
}

/** Who can assume the role, and what for. */
export interface MemberRoleProps extends RoleNames {
  /** The ID of the organization, such as `o-exampleorgid`. */
  readonly organizationId: string;
  /**
   * The external ID that the trust policy requires.
   *
   * @default a parameter of the template
   */
  readonly externalId?: string;
  /** Whether the account is the management account, from which the scan also reads the organization. */
  readonly isManagement?: boolean;
  /** @default 'members' */
  readonly deliver?: OrganizationDeliverTo;
  /**
   * The Region whose Security Hub receives the findings.
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
   * The ID of the scanning account.
   *
   * @default a parameter of the template
   */
  readonly scannerAccount?: string;
  /**
   * The permissions boundary of the role: the name of a managed policy in the account of the role, with its path if it has one, or the
   * ARN of a managed policy. If the ARN has an account ID, the policy of the same name in the account of the role is used.
   *
   * @default none
   */
  readonly boundary?: string;
  /** The tags of the role. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The states whose roles can assume the member role: only those that do something in the account. */
const enteringStates = ({ isManagement = false, deliver = 'members' }: Pick<MemberRoleProps, 'isManagement' | 'deliver'>) => [
  ...(isManagement ? ['plan'] : []),
  'scan-member',
  ...(deliver === 'members' ? ['deliver'] : []),
];

const prefixed = ({ namePrefix = 'iam-vigil' }: RoleNames, name: string) => `${namePrefix}-${name}`;

/** The name of the role of a state. It is fixed, because the trust policy of the member role contains it. */
export const stateRoleName = (names: RoleNames, state: string): string => prefixed(names, state);

/** The name of the member role, with its path if it has one. */
export const memberRole = (names: RoleNames): string => `${(names.rolePath ?? '/').slice(1)}${prefixed(names, 'member')}`;

/** The template parameter with the ID of the scanning account. */
export const SCANNER_ACCOUNT = 'ScannerAccount';

/** The template parameter with the external ID. */
export const EXTERNAL_ID = 'ExternalId';

/**
 * The role that the scanner assumes in an account. Only the roles of the states that need it can assume it, from within the organization
 * and with the external ID. It can read, and write findings of iam-vigil only if they are delivered to this account.
 */
export function memberRoleIn(scope: Construct, props: MemberRoleProps): Role {
  const { rolePath = '/', isManagement = false, deliver = 'members', findingsRegion = Aws.REGION, config = '' } = props;
  const parsed = parseConfig(config, allChecks);
  const enabled = allChecks.filter((check) => isEnabled(check, parsed));
  const role = new Role(scope, 'MemberRole', {
    roleName: prefixed(props, 'member'),
    path: rolePath,
    description: 'iam-vigil: assumed by the nightly scan of the organization to read this account',
    assumedBy: scannerOf(scope, props),
    ...(props.boundary === undefined ? {} : { permissionsBoundary: boundaryIn(scope, props.boundary) }),
  });
  for (const [key, value] of Object.entries(props.tags ?? {})) Tags.of(role).add(key, value);
  role.addToPolicy(new PolicyStatement({ sid: 'Scan', actions: [...actionsFor(enabled)], resources: ['*'] }));
  if (isManagement)
    role.addToPolicy(new PolicyStatement({ sid: 'LookAtOrganization', actions: [...organizationActions], resources: ['*'] }));
  if (deliver === 'members') for (const statement of deliveryTo(scope, findingsRegion)) role.addToPolicy(statement);
  acknowledge(role, {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'The read actions do not support resources, or are needed for all resources of the account. None of them writes.',
  });
  return role;
}

const POLICY_ARN = /^arn:[^:]+:iam::([^:]*):policy\/(.+)$/;

/** Whether {@link MemberRoleProps.boundary} can be this: the ARN of a policy that is created in the same stack is not known yet. */
export const isBoundaryArn = (arn: string): boolean => POLICY_ARN.test(arn);

/** The policy in the account of the role. Policies of AWS are in every account. */
export function boundaryIn(scope: Construct, boundary: string): IManagedPolicy {
  const [, owner, name = boundary] = POLICY_ARN.exec(boundary) ?? [];
  const account = owner === 'aws' ? owner : Aws.ACCOUNT_ID;
  return ManagedPolicy.fromManagedPolicyArn(scope, 'MemberBoundary', `arn:${Aws.PARTITION}:iam::${account}:policy/${name}`);
}

/**
 * The principal is the account; a condition restricts it to the roles. A role as the principal would have to exist before, and would no
 * longer match once it is deleted and recreated. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
function scannerOf(scope: Construct, props: MemberRoleProps) {
  const { scannerAccount, organizationId, ...names } = props;
  const externalId =
    props.externalId ??
    new CfnParameter(scope, EXTERNAL_ID, {
      description: 'External ID of iam-vigil: the output ExternalId of the stack in the scanning account',
      // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
      allowedPattern: '^[\\w+=,.@:/-]{2,1224}$',
    }).valueAsString;
  const account =
    scannerAccount ??
    new CfnParameter(scope, SCANNER_ACCOUNT, {
      description: 'ID of the account that iam-vigil is deployed in',
      allowedPattern: '^[0-9]{12}$',
    }).valueAsString;
  const path = names.rolePath ?? '/';
  const roles = enteringStates(props).map(
    (state) => `arn:${Aws.PARTITION}:iam::${account}:role${path}${stateRoleName(names, state)}`,
  );
  return new PrincipalWithConditions(new AccountPrincipal(account), {
    StringEquals: { 'sts:ExternalId': externalId, 'aws:PrincipalOrgID': organizationId },
    ArnEquals: { 'aws:PrincipalArn': roles },
  });
}
