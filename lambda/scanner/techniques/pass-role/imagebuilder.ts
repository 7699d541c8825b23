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
];
