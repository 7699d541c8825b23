import type { ExistingComputeTechnique } from '../compute-technique.ts';

/** AWS Step Functions: a state machine makes the API calls of its states with its role. */
export const stepfunctions: readonly ExistingComputeTechnique[] = [
  {
    id: 'stepfunctions-update-state-machine',
    aliases: ['stepfunctions-002'],
    title: 'Update a Step Functions state machine that runs with the role to make any API call, and start it',
    actions: ['states:UpdateStateMachine', 'states:StartExecution'],
    service: 'states.amazonaws.com',
    compute: 'stepfunctions-state-machine',
  },
  {
    id: 'stepfunctions-update-state-machine-sync',
    aliases: [],
    title: 'Update a Step Functions express workflow that runs with the role to make any API call, and start it',
    actions: ['states:UpdateStateMachine', 'states:StartSyncExecution'],
    service: 'states.amazonaws.com',
    compute: 'stepfunctions-state-machine',
  },
  {
    id: 'stepfunctions-update-state-machine-and-wait',
    aliases: [],
    title: 'Update a Step Functions state machine that runs with the role to make any API call, and wait for a start',
    actions: ['states:UpdateStateMachine'],
    service: 'states.amazonaws.com',
    compute: 'stepfunctions-state-machine',
    existing: 'a schedule or an event that starts the state machine',
  },
];
