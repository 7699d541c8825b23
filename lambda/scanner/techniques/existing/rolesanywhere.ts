import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * IAM Roles Anywhere: every trust anchor of the account issues credentials of the roles of every profile, unless the trust policy of
 * the role names one. https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export const rolesanywhere: readonly ExistingComputeTechnique[] = [
  {
    id: 'rolesanywhere-create-trust-anchor',
    aliases: [],
    title: 'Trust a custom certificate authority, and get credentials of the role by a profile of IAM Roles Anywhere',
    actions: ['rolesanywhere:CreateTrustAnchor'],
    service: 'rolesanywhere.amazonaws.com',
    compute: 'a profile of IAM Roles Anywhere',
  },
  {
    id: 'rolesanywhere-update-trust-anchor',
    aliases: [],
    title:
      'Replace the certificate authority of a trust anchor, and get credentials of the role by a profile of IAM Roles Anywhere',
    actions: ['rolesanywhere:UpdateTrustAnchor'],
    service: 'rolesanywhere.amazonaws.com',
    compute: 'a profile of IAM Roles Anywhere',
  },
];
