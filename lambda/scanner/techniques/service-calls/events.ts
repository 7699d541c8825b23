import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon EventBridge: a rule starts its target with the role: an ECS task, a build, a state machine, a command on an
 * instance.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html
 */
export const events: readonly PassRoleTechnique[] = [
  {
    id: 'events-put-rule',
    aliases: [],
    title: 'Create an EventBridge rule, and pass the role to a target of it that runs custom commands',
    actions: ['events:PutRule', 'events:PutTargets'],
    service: 'events.amazonaws.com',
    existing: 'a target that runs commands with a role',
  },
  {
    id: 'events-put-targets',
    aliases: [],
    title: 'Pass the role to a new target of an EventBridge rule that runs custom commands',
    actions: ['events:PutTargets'],
    service: 'events.amazonaws.com',
    existing: 'an EventBridge rule, and a target that runs commands with a role',
  },
];
