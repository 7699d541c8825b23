import type { PassRoleTechnique } from '../compute-technique.ts';

/** Amazon EKS: pods that run under a Kubernetes service account get credentials of the role. */
export const eks: readonly PassRoleTechnique[] = [
  {
    id: 'eks-create-pod-identity-association',
    aliases: [],
    title: 'Associate the role with a service account of an EKS cluster and read its credentials in a pod',
    actions: ['eks:CreatePodIdentityAssociation'],
    service: 'pods.eks.amazonaws.com',
    existing: 'an EKS cluster with the Pod Identity agent, in which the principal can run pods',
  },
];
