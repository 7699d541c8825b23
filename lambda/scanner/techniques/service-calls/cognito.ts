import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon Cognito: users signed in to the pool, and guests of it, get credentials of the role. The role does not trust a service
 * principal: it trusts the identity provider `cognito-identity.amazonaws.com` for `sts:AssumeRoleWithWebIdentity`.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
 */
export const cognito: readonly PassRoleTechnique[] = [
  {
    id: 'cognito-set-identity-pool-roles',
    aliases: ['cognitoidentity-001'],
    title: 'Pass the role to a Cognito identity pool and get its credentials from the pool',
    actions: ['cognito-identity:SetIdentityPoolRoles'],
    service: 'cognito-identity.amazonaws.com',
    existing: 'a Cognito identity pool that the role trusts and that the principal can sign in to',
  },
  {
    id: 'cognito-create-group',
    aliases: [],
    title: 'Pass the role to a new group of a Cognito user pool and add a user to it',
    actions: ['cognito-idp:CreateGroup', 'cognito-idp:AdminAddUserToGroup'],
    service: 'cognito-identity.amazonaws.com',
    existing: 'a Cognito identity pool that the role trusts and that chooses the role by the group in the user pool',
  },
  {
    id: 'cognito-update-group',
    aliases: [],
    title: 'Pass the role to a group of a Cognito user pool that the principal belongs to',
    actions: ['cognito-idp:UpdateGroup'],
    service: 'cognito-identity.amazonaws.com',
    existing: 'a Cognito identity pool that the role trusts and that chooses the role by the group in the user pool',
  },
];
