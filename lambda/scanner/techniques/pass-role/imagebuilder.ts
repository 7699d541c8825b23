import type { PassRoleTechnique } from '../compute-technique.ts';

/** EC2 Image Builder: the role is in the instance profile of the instance on which an image is built. */
export const imagebuilder: readonly PassRoleTechnique[] = [
  {
    id: 'imagebuilder-create-image',
    aliases: ['imagebuilder-001'],
    title: 'Build an image in EC2 Image Builder on an instance with the role, with a component that runs custom commands',
    actions: [
      'imagebuilder:CreateComponent',
      'imagebuilder:CreateImageRecipe',
      'imagebuilder:CreateInfrastructureConfiguration',
      'imagebuilder:CreateImage',
    ],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'imagebuilder-create-image-pipeline',
    aliases: [],
    title: 'Create an image pipeline that builds on an instance with the role, with custom commands, and start it',
    actions: [
      'imagebuilder:CreateComponent',
      'imagebuilder:CreateImageRecipe',
      'imagebuilder:CreateInfrastructureConfiguration',
      'imagebuilder:CreateImagePipeline',
      'imagebuilder:StartImagePipelineExecution',
    ],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'imagebuilder-update-image-pipeline',
    aliases: [],
    title: 'Change an image pipeline to build on an instance with the role, with custom commands, and start it',
    actions: [
      'imagebuilder:CreateComponent',
      'imagebuilder:CreateImageRecipe',
      'imagebuilder:CreateInfrastructureConfiguration',
      'imagebuilder:UpdateImagePipeline',
      'imagebuilder:StartImagePipelineExecution',
    ],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an image pipeline',
  },
  {
    id: 'imagebuilder-update-infrastructure-configuration',
    aliases: [],
    title: 'Change the infrastructure configuration of an image pipeline to an instance with the role',
    actions: ['imagebuilder:UpdateInfrastructureConfiguration'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an image pipeline that runs commands of the principal',
  },
];
