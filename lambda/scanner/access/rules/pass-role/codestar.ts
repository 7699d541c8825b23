import type { PassRoleRule } from '../rule.ts';

/** AWS CodeStar, which ended in July 2024: https://docs.aws.amazon.com/codestar/latest/APIReference/Welcome.html */
export const codestar: readonly PassRoleRule[] = [
  {
    id: 'codestar-create-project',
    aliases: [],
    title: 'create a CodeStar project whose toolchain the role makes',
    actions: ['codestar:CreateProject'],
    service: 'codestar.amazonaws.com',
    retired: true,
  },
];
