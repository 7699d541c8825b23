import type { ExistingComputeRule } from '../rule.ts';

/** AWS Step Functions: the role of a state machine makes the API calls that its states describe. */
export const stepfunctions: readonly ExistingComputeRule[] = [
  {
    id: 'stepfunctions-update-state-machine',
    aliases: ['stepfunctions-002'],
    title: 'make a Step Functions state machine that has the role make API calls of your choice, and start it',
    actions: ['states:UpdateStateMachine', 'states:StartExecution'],
    service: 'states.amazonaws.com',
    compute: 'stepfunctions-state-machine',
  },
];
