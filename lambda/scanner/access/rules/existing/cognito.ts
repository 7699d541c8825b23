import type { ExistingComputeRule } from '../rule.ts';

/**
 * Amazon Cognito: whoever is signed in to an identity pool, or a guest of it, gets credentials of its role. The role does not name
 * the service as such: it trusts the identity provider `cognito-identity.amazonaws.com` for `sts:AssumeRoleWithWebIdentity`.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
 */
export const cognito: readonly ExistingComputeRule[] = [
  {
    id: 'cognito-update-identity-pool',
    aliases: [],
    title: 'admit guests or a provider of your own to a Cognito identity pool that hands out credentials of the role',
    actions: ['cognito-identity:UpdateIdentityPool'],
    service: 'cognito-identity.amazonaws.com',
    compute: 'cognito-identity-pool',
  },
  {
    id: 'cognito-set-user-password',
    aliases: [],
    title: 'set the password of a Cognito user for whom an identity pool hands out credentials of the role, and sign in',
    actions: ['cognito-idp:AdminSetUserPassword'],
    service: 'cognito-identity.amazonaws.com',
    compute: 'cognito-identity-pool',
  },
  {
    id: 'cognito-add-user-to-group',
    aliases: [],
    title: 'put a Cognito user of your own in a group for which an identity pool hands out credentials of the role',
    actions: ['cognito-idp:AdminAddUserToGroup'],
    service: 'cognito-identity.amazonaws.com',
    compute: 'cognito-identity-pool',
  },
];
