import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * Amazon Cognito: users signed in to an identity pool, and guests of it, get credentials of its role. The role does not trust a
 * service principal: it trusts the identity provider `cognito-identity.amazonaws.com` for `sts:AssumeRoleWithWebIdentity`.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
 */
export const cognito: readonly ExistingComputeTechnique[] = [
  {
    id: 'cognito-update-identity-pool',
    aliases: [],
    title: 'Allow guests or a custom identity provider in a Cognito identity pool that issues credentials of the role',
    actions: ['cognito-identity:UpdateIdentityPool'],
    service: 'cognito-identity.amazonaws.com',
    compute: 'cognito-identity-pool',
  },
  {
    id: 'cognito-set-user-password',
    aliases: [],
    title: 'Set the password of a Cognito user who gets credentials of the role from an identity pool, and sign in',
    actions: ['cognito-idp:AdminSetUserPassword'],
    service: 'cognito-identity.amazonaws.com',
    compute: 'cognito-identity-pool',
  },
  {
    id: 'cognito-create-user',
    aliases: [],
    title: 'Create a Cognito user who gets credentials of the role from an identity pool, and sign in',
    actions: ['cognito-idp:AdminCreateUser'],
    service: 'cognito-identity.amazonaws.com',
    compute: 'cognito-identity-pool',
    existing: 'a user pool whose users get credentials of the role from the identity pool',
  },
  {
    id: 'cognito-add-user-to-group',
    aliases: [],
    title: 'Add a user to a Cognito group that gets credentials of the role from an identity pool',
    actions: ['cognito-idp:AdminAddUserToGroup'],
    service: 'cognito-identity.amazonaws.com',
    compute: 'cognito-identity-pool',
  },
];
