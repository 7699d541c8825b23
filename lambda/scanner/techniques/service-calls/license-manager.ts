import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS License Manager: a token of a license gets credentials of the role. The role trusts an identity provider, not a
 * service principal.
 * https://docs.aws.amazon.com/license-manager/latest/APIReference/API_CreateToken.html
 */
export const licenseManager: readonly PassRoleTechnique[] = [
  {
    id: 'license-manager-create-token',
    aliases: [],
    title: 'Pass the role to a token of a license, and get its credentials with the token',
    actions: ['license-manager:CreateToken'],
    service: 'openid-license-manager.amazonaws.com',
    existing: 'a license that the principal can use',
  },
];
