import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Elemental MediaLive Anywhere: a node of a cluster registers with Systems Manager, and gets credentials of the
 * instance role.
 * https://docs.aws.amazon.com/medialive/latest/ug/setup-emla-trusted-entity.html
 */
export const medialive: readonly PassRoleTechnique[] = [
  {
    id: 'medialive-create-cluster',
    aliases: [],
    title: 'Create a MediaLive Anywhere cluster with the role, and register a node that gets its credentials',
    actions: ['medialive:CreateCluster', 'medialive:CreateNodeRegistrationScript'],
    service: 'ssm.amazonaws.com',
    existing: 'a network of MediaLive Anywhere',
  },
  {
    id: 'medialive-create-node-registration-script',
    aliases: [],
    title: 'Register a node of a MediaLive Anywhere cluster that gets credentials of the role',
    actions: ['medialive:CreateNodeRegistrationScript'],
    service: 'ssm.amazonaws.com',
    existing: 'a MediaLive Anywhere cluster',
  },
];
