import type { PassRoleRule } from '../rule.ts';

/**
 * Amazon Cognito: whoever is signed in to the pool, or a guest of it, gets credentials of the role. The role does not name the
 * service as such: it trusts the identity provider `cognito-identity.amazonaws.com` for `sts:AssumeRoleWithWebIdentity`.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
 */
export const cognito: readonly PassRoleRule[] = [
  {
    id: 'cognito-set-identity-pool-roles',
    aliases: ['cognitoidentity-001'],
    title: 'make a Cognito identity pool hand out credentials of the role',
    actions: ['cognito-identity:SetIdentityPoolRoles'],
    service: 'cognito-identity.amazonaws.com',
    existing: 'a Cognito identity pool that the role trusts and that the actor can sign in to',
  },
  {
    id: 'cognito-create-group',
    aliases: [],
    title: 'create a group with the role in a Cognito user pool and join it',
    actions: ['cognito-idp:CreateGroup', 'cognito-idp:AdminAddUserToGroup'],
    service: 'cognito-identity.amazonaws.com',
    existing: 'a Cognito identity pool that the role trusts and that takes the role from the user pool',
  },
  {
    id: 'cognito-update-group',
    aliases: [],
    title: 'give the role to a group of a Cognito user pool in which the actor is',
    actions: ['cognito-idp:UpdateGroup'],
    service: 'cognito-identity.amazonaws.com',
    existing: 'a Cognito identity pool that the role trusts and that takes the role from the user pool',
  },
];
