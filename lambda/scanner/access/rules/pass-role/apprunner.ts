import type { PassRoleRule } from '../rule.ts';

/** App Runner: the role becomes the instance role of a service, whose container the actor brings. */
export const apprunner: readonly PassRoleRule[] = [
  {
    id: 'apprunner-create-service',
    aliases: ['apprunner-001'],
    title: 'create an App Runner service that runs a container of your own as the role',
    actions: ['apprunner:CreateService'],
    service: 'tasks.apprunner.amazonaws.com',
  },
];
