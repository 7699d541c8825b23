import type { ExistingComputeRule } from '../rule.ts';

/** App Runner: whoever sets the container of a service acts as its instance role. */
export const apprunner: readonly ExistingComputeRule[] = [
  {
    id: 'apprunner-update-service',
    aliases: ['apprunner-002'],
    title: 'make an App Runner service that has the role run a container of your own',
    actions: ['apprunner:UpdateService'],
    service: 'tasks.apprunner.amazonaws.com',
    compute: 'apprunner-service',
  },
];
