import type { Principal } from './principal.ts';

/**
 * Roles that AWS and common landing zones create and manage. They are listed, ranked lower, and judged by who can assume them.
 */
const platformRoles = [
  /^AWSControlTower(Execution|Admin|StackSetRole)$/,
  /^aws-controltower-/i,
  /^OrganizationAccountAccessRole$/,
  /^AWSCloudFormationStackSet(Execution|Administration)Role$/,
  /^stacksets-exec-/,
  /^AWSAFT/,
  /^cdk-[a-z0-9]+-(cfn-exec|deploy|file-publishing|image-publishing|lookup)-role-/,
];

/** Whether the principal belongs to the landing zone rather than to the workloads in it. */
export const isPlatformRole = ({ kind, identity }: Principal): boolean =>
  kind === 'role' &&
  (/^\/aws-(service-role|reserved)\//.test(identity.path) || platformRoles.some((pattern) => pattern.test(identity.name)));
