import type { PassRoleRule } from '../rule.ts';

/** EC2 Image Builder: the role is in the instance profile of the instance on which an image is built. */
export const imagebuilder: readonly PassRoleRule[] = [
  {
    id: 'imagebuilder-create-image',
    aliases: ['imagebuilder-001'],
    title: 'build an image with EC2 Image Builder on an instance with the role, by a component that runs commands of your own',
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
