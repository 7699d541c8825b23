import type { PassRoleRule } from '../rule.ts';

/**
 * AWS Step Functions: the role makes the API calls that the states describe.
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export const stepfunctions: readonly PassRoleRule[] = [
  {
    id: 'stepfunctions-create-state-machine',
    aliases: ['stepfunctions-001'],
    title: 'create a Step Functions state machine with the role and start it',
    actions: ['states:CreateStateMachine', 'states:StartExecution'],
    service: 'states.amazonaws.com',
  },
  // A tested state really makes its call: https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html
  {
    id: 'stepfunctions-test-state',
    aliases: [],
    title: 'test a Step Functions state that makes an API call of your choice as the role',
    actions: ['states:TestState'],
    service: 'states.amazonaws.com',
  },
];
