import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * IAM Roles Anywhere: a certificate of the own certificate authority gets credentials of the role of a profile.
 * https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export const rolesanywhere: readonly PassRoleTechnique[] = [
  {
    id: 'rolesanywhere-create-profile',
    aliases: [],
    title: 'Trust a custom certificate authority, and pass the role to a new profile of IAM Roles Anywhere',
    actions: ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:CreateProfile'],
    service: 'rolesanywhere.amazonaws.com',
  },
  {
    id: 'rolesanywhere-create-profile-for-trust-anchor',
    aliases: [],
    title: 'Pass the role to a new profile of IAM Roles Anywhere, and get its credentials with a certificate',
    actions: ['rolesanywhere:CreateProfile'],
    service: 'rolesanywhere.amazonaws.com',
    existing: 'a trust anchor whose certificates the principal can get',
  },
  {
    id: 'rolesanywhere-update-profile',
    aliases: [],
    title: 'Pass the role to an existing profile of IAM Roles Anywhere, and get its credentials with a certificate',
    actions: ['rolesanywhere:UpdateProfile'],
    service: 'rolesanywhere.amazonaws.com',
    existing: 'a profile, and a trust anchor whose certificates the principal can get',
  },
  {
    id: 'rolesanywhere-enable-profile',
    aliases: [],
    title: 'Enable a profile of IAM Roles Anywhere with the role, and get its credentials with a certificate',
    actions: ['rolesanywhere:EnableProfile'],
    service: 'rolesanywhere.amazonaws.com',
    existing: 'a disabled profile with the role, and a trust anchor whose certificates the principal can get',
  },
];
