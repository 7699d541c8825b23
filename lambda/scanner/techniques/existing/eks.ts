import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * Amazon EKS: an administrator of the cluster can run pods on any node and under any service account, and so with their roles.
 * https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export const eks: readonly ExistingComputeTechnique[] = [
  {
    id: 'eks-create-access-entry-node-role',
    aliases: [],
    title: 'Become administrator of an EKS cluster and run a pod on a node that runs with the role',
    actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'],
    service: 'ec2.amazonaws.com',
    compute: 'eks-cluster',
  },
  {
    id: 'eks-create-access-entry-pod-role',
    aliases: [],
    title: 'Become administrator of an EKS cluster and run a pod under a service account that has the role',
    actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'],
    service: 'pods.eks.amazonaws.com',
    compute: 'eks-cluster',
  },
];
