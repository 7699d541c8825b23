import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS account access manager: an entitlement gives a user of IAM Identity Center credentials of the role.
 * https://docs.aws.amazon.com/account-access/latest/APIReference/API_PrincipalRoleEntitlement.html
 */
export const accountAccess: readonly PassRoleTechnique[] = [
  {
    id: 'account-access-create-entitlement',
    aliases: [],
    title: 'Pass the role to an entitlement of an IAM Identity Center user, and sign in as that user',
    actions: ['account-access:CreateEntitlement'],
    service: 'account-access.amazonaws.com',
    existing: 'an application of account access manager with a user that the principal can sign in as',
  },
];
