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
  {
    id: 'eks-update-pod-identity-association',
    aliases: [],
    title: 'Change the association of a service account of an EKS cluster to the role, and run a pod under it',
    actions: ['eks:UpdatePodIdentityAssociation'],
    service: 'pods.eks.amazonaws.com',
    existing: 'an EKS cluster with a pod identity association, in which the principal can run pods',
  },
  {
    id: 'eks-create-addon',
    aliases: [],
    title: 'Pass the role to the pods of a new add-on of an EKS cluster, and read its credentials there',
    actions: ['eks:CreateAddon'],
    service: 'pods.eks.amazonaws.com',
    existing: 'an EKS cluster in which the principal can run commands in pods',
  },
  {
    id: 'eks-update-addon',
    aliases: [],
    title: 'Pass the role to the pods of an add-on of an EKS cluster, and read its credentials there',
    actions: ['eks:UpdateAddon'],
    service: 'pods.eks.amazonaws.com',
    existing: 'an EKS cluster in which the principal can run commands in pods',
  },
  {
    id: 'eks-create-nodegroup',
    aliases: [],
    title: 'Pass the role to the nodes of a new node group of an EKS cluster',
    actions: ['eks:CreateNodegroup'],
    service: 'ec2.amazonaws.com',
    existing: 'an EKS cluster in which the principal can run pods or choose the launch template',
  },
  // In Auto Mode, EKS launches the nodes with the role that it is given. A pod in the network of its node reads the credentials.
  // https://docs.aws.amazon.com/eks/latest/userguide/auto-learn-iam.html
  {
    id: 'eks-create-auto-mode-cluster',
    aliases: [],
    title: 'Pass the role to the nodes of a new EKS cluster in Auto Mode, and read its credentials in a pod',
    actions: ['eks:CreateCluster'],
    service: 'ec2.amazonaws.com',
    secondRole: { kind: 'passed', service: 'eks.amazonaws.com' },
  },
  {
    id: 'eks-enable-auto-mode',
    aliases: [],
    title: 'Enable Auto Mode in an EKS cluster, with the role for its nodes, and read its credentials in a pod',
    actions: ['eks:UpdateClusterConfig'],
    service: 'ec2.amazonaws.com',
    existing: 'an EKS cluster without Auto Mode in which the principal can run pods',
  },
  {
    id: 'eks-create-capability',
    aliases: [],
    title: 'Pass the role to a new capability of an EKS cluster, which creates AWS resources with it',
    actions: ['eks:CreateCapability'],
    service: 'capabilities.eks.amazonaws.com',
    existing: 'an EKS cluster in which the principal can create resources',
  },
  {
    id: 'eks-update-capability',
    aliases: [],
    title: 'Pass the role to a capability of an EKS cluster, which creates AWS resources with it',
    actions: ['eks:UpdateCapability'],
    service: 'capabilities.eks.amazonaws.com',
    existing: 'an EKS cluster with a capability in which the principal can create resources',
  },
];
