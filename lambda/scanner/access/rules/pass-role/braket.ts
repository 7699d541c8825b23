import type { PassRoleRule } from '../rule.ts';

/** Amazon Braket: the role runs the script of a hybrid job. */
export const braket: readonly PassRoleRule[] = [
  {
    id: 'braket-create-job',
    aliases: ['braket-001'],
    title: 'create a Braket hybrid job that runs a script of your own as the role',
    actions: ['braket:CreateJob'],
    service: 'braket.amazonaws.com',
  },
];
