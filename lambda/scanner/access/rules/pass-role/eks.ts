import type { PassRoleRule } from '../rule.ts';

/** Amazon EKS: pods that run under a Kubernetes service account get credentials of the role. */
export const eks: readonly PassRoleRule[] = [
  {
    id: 'eks-create-pod-identity-association',
    aliases: [],
    title: 'associate the role with a service account of an EKS cluster and take its credentials in a pod',
    actions: ['eks:CreatePodIdentityAssociation'],
    service: 'pods.eks.amazonaws.com',
    existing: 'an EKS cluster with the Pod Identity agent, in which the actor can run pods',
  },
];
