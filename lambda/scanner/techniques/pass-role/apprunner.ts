import type { PassRoleTechnique } from '../compute-technique.ts';

/** App Runner: the role becomes the instance role of a service that runs a custom container. */
export const apprunner: readonly PassRoleTechnique[] = [
  {
    id: 'apprunner-create-service',
    aliases: ['apprunner-001'],
    title: 'Pass the role to a new App Runner service that runs a custom container',
    actions: ['apprunner:CreateService'],
    service: 'tasks.apprunner.amazonaws.com',
  },
];
