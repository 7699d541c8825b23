import { CfnStackSet, type CfnStackSetProps, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EXTERNAL_ID, type MemberRoleProps, SCANNER_ACCOUNT, isBoundaryArn, memberRoleIn } from './member-role.ts';
import { memberRoleTemplate } from './member-role-stack.ts';
import type { IamVigilOrganizationProps } from './organization-props.ts';

/** The role that the scan assumes, in the accounts of the organizational units, and in the management account if it is deployed there. */
export function memberRoles(scope: Construct, props: IamVigilOrganizationProps, externalId: string): void {
  const role = roleProps(scope, props);
  inMembers(scope, props, role, externalId);
  if (props.deployedIn === 'management')
    memberRoleIn(scope, { ...role, isManagement: true, scannerAccount: Stack.of(scope).account, externalId });
}

/** What the roles in the accounts are like. */
export const roleProps = (scope: Construct, props: IamVigilOrganizationProps): MemberRoleProps => ({
  ...{ organizationId: props.organizationId, deliver: props.deliver ?? 'members' },
  findingsRegion: props.findingsRegion ?? Stack.of(scope).region,
  ...(props.config === undefined ? {} : { config: props.config }),
  ...(props.namePrefix === undefined ? {} : { namePrefix: props.namePrefix }),
  ...(props.rolePath === undefined ? {} : { rolePath: props.rolePath }),
  ...(props.tags === undefined ? {} : { tags: props.tags }),
  ...memberBoundaryOf(props),
});

/** @throws Error when the policy for the roles of this account has no name yet, so that it cannot be found in the other accounts. */
function memberBoundaryOf({ memberBoundary, permissionsBoundary }: IamVigilOrganizationProps): Pick<MemberRoleProps, 'boundary'> {
  const boundary = memberBoundary ?? permissionsBoundary?.managedPolicyArn;
  if (boundary === undefined) return {};
  if (memberBoundary !== undefined || isBoundaryArn(boundary)) return { boundary };
  throw new Error(
    'permissionsBoundary is created in this app, but the member roles need a policy that exists in their accounts. Set memberBoundary to its name',
  );
}

/** The role in all accounts of the organizational units. One Region is enough, because roles are global. */
function inMembers(scope: Construct, props: IamVigilOrganizationProps, role: MemberRoleProps, externalId: string): void {
  const { account, region } = Stack.of(scope);
  new CfnStackSet(scope, 'MemberRoles', {
    stackSetName: `${role.namePrefix ?? 'iam-vigil'}-member-role`,
    description: 'iam-vigil: role that the nightly scan assumes',
    ...inAllAccounts(props, [region]),

    parameters: [
      { parameterKey: SCANNER_ACCOUNT, parameterValue: account },
      { parameterKey: EXTERNAL_ID, parameterValue: externalId },
    ],
    templateBody: memberRoleTemplate(role),
  });
}

/** What is the same for all stack sets: every present and future account of the organizational units. */
export const inAllAccounts = (
  { organizationalUnits, deployedIn = 'delegated-administrator' }: IamVigilOrganizationProps,
  regions: string[],
) =>
  ({
    permissionModel: 'SERVICE_MANAGED',
    callAs: deployedIn === 'management' ? 'SELF' : 'DELEGATED_ADMIN',
    autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
    managedExecution: { Active: true },
    capabilities: ['CAPABILITY_NAMED_IAM'],
    operationPreferences: { failureTolerancePercentage: 100, maxConcurrentPercentage: 100 },
    stackInstancesGroup: [{ regions, deploymentTargets: { organizationalUnitIds: [...organizationalUnits] } }],
  }) satisfies Partial<CfnStackSetProps>;
