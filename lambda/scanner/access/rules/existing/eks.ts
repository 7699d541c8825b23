import type { ExistingComputeRule } from '../rule.ts';

/**
 * Amazon EKS: an administrator of the cluster runs pods where and as whom they like, so as the roles of nodes and of pods.
 * https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export const eks: readonly ExistingComputeRule[] = [
  {
    id: 'eks-create-access-entry-node-role',
    aliases: [],
    title: 'make yourself administrator of an EKS cluster and run a pod on a node that has the role',
    actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'],
    service: 'ec2.amazonaws.com',
    compute: 'eks-cluster',
  },
  {
    id: 'eks-create-access-entry-pod-role',
    aliases: [],
    title: 'make yourself administrator of an EKS cluster and run a pod under a service account that has the role',
    actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'],
    service: 'pods.eks.amazonaws.com',
    compute: 'eks-cluster',
  },
];
