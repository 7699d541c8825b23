import { cli } from '../../model/command.ts';
import type { Assignment } from '../../facts/organization-parts/identity-center.ts';

/** The ARN of the instance that a permission set belongs to, or a placeholder for it. */
export function instanceOf(permissionSetArn: string): string {
  const [, prefix, instance] = /^(arn:[^:]+:sso:::)permissionSet\/([^/]+)\//.exec(permissionSetArn) ?? [];
  return prefix === undefined || instance === undefined ? 'INSTANCE_ARN' : `${prefix}instance/${instance}`;
}

/** How to delete the assignment of a permission set. */
export const assignmentRemoval = ({ accountId, permissionSetArn, principalType, principalId }: Assignment): string =>
  cli('sso-admin delete-account-assignment', {
    'instance-arn': instanceOf(permissionSetArn),
    'target-id': accountId,
    'target-type': 'AWS_ACCOUNT',
    'permission-set-arn': permissionSetArn,
    'principal-type': principalType,
    'principal-id': principalId,
  });
