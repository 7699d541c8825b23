import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Step Functions: the states make their API calls with the role.
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export const stepfunctions: readonly PassRoleTechnique[] = [
  {
    id: 'stepfunctions-create-state-machine',
    aliases: ['stepfunctions-001'],
    title: 'Pass the role to a new Step Functions state machine and start it',
    actions: ['states:CreateStateMachine', 'states:StartExecution'],
    service: 'states.amazonaws.com',
  },
  // The test of a state really makes its API call:
  // https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html
  {
    id: 'stepfunctions-test-state',
    aliases: [],
    title: 'Pass the role to the test of a Step Functions state that makes any API call',
    actions: ['states:TestState'],
    service: 'states.amazonaws.com',
  },
  {
    id: 'stepfunctions-create-state-machine-sync',
    aliases: [],
    title: 'Pass the role to a new Step Functions express workflow, and start it synchronously',
    actions: ['states:CreateStateMachine', 'states:StartSyncExecution'],
    service: 'states.amazonaws.com',
  },
  {
    id: 'stepfunctions-update-state-machine-role',
    aliases: [],
    title: 'Pass the role to an existing Step Functions state machine that makes any API call, and start it',
    actions: ['states:UpdateStateMachine', 'states:StartExecution'],
    service: 'states.amazonaws.com',
    existing: 'a Step Functions state machine',
  },
  {
    id: 'stepfunctions-update-state-machine-role-sync',
    aliases: [],
    title: 'Pass the role to an existing Step Functions express workflow, and start it synchronously',
    actions: ['states:UpdateStateMachine', 'states:StartSyncExecution'],
    service: 'states.amazonaws.com',
    existing: 'a Step Functions express workflow',
  },
];
