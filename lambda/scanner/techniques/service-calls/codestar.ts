import type { PassRoleTechnique } from '../compute-technique.ts';

/** AWS CodeStar, discontinued in July 2024: https://docs.aws.amazon.com/codestar/latest/APIReference/Welcome.html */
export const codestar: readonly PassRoleTechnique[] = [
  {
    id: 'codestar-create-project',
    aliases: [],
    title: 'Pass the role to a new CodeStar project, which creates its toolchain with the role',
    actions: ['codestar:CreateProject'],
    service: 'codestar.amazonaws.com',
    retired: true,
  },
];
