export { type IamVigilAlarms, type IamVigilOrganizationAlarms } from './alarms.ts';
export { IamVigil } from './iam-vigil.ts';
export { IamVigilOrganization } from './iam-vigil-organization.ts';
export { IamVigilOrganizationStack, type IamVigilOrganizationStackProps } from './iam-vigil-organization-stack.ts';
export { IamVigilStack, type IamVigilStackProps } from './iam-vigil-stack.ts';
export { type MemberRoleProps, type RoleNames } from './member-role.ts';
export { IamVigilMemberRoleStack } from './member-role-stack.ts';
export { type IamVigilOrganizationProps } from './organization-props.ts';
export { type IamVigilProps } from './props.ts';
