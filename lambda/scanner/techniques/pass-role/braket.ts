import type { PassRoleTechnique } from '../compute-technique.ts';

/** Amazon Braket: the script of a hybrid job runs with the role. */
export const braket: readonly PassRoleTechnique[] = [
  {
    id: 'braket-create-job',
    aliases: ['braket-001'],
    title: 'Pass the role to a new Braket hybrid job that runs a custom script',
    actions: ['braket:CreateJob'],
    service: 'braket.amazonaws.com',
  },
];
