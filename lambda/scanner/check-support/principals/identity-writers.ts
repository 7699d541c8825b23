/**
 * The actions that create an identity or add to its permissions, and support the condition key iam:PermissionsBoundary. Removing a
 * boundary comes last.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const identityWriters = {
  user: [
    'iam:CreateUser',
    'iam:AttachUserPolicy',
    'iam:PutUserPolicy',
    'iam:PutUserPermissionsBoundary',
    'iam:DeleteUserPermissionsBoundary',
  ],
  role: [
    'iam:CreateRole',
    'iam:AttachRolePolicy',
    'iam:PutRolePolicy',
    'iam:PutRolePermissionsBoundary',
    'iam:DeleteRolePermissionsBoundary',
  ],
} as const satisfies Readonly<Record<'user' | 'role', readonly string[]>>;
