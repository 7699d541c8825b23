/**
 * What makes an identity, or gives it more, and can be held to a permissions boundary; what takes a boundary off comes last.
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
