import type { ExistingComputeTechnique } from '../compute-technique.ts';

/** App Runner: a custom container of a service runs with its instance role. */
export const apprunner: readonly ExistingComputeTechnique[] = [
  {
    id: 'apprunner-update-service',
    aliases: ['apprunner-002'],
    title: 'Update an App Runner service that runs with the role to run a custom container',
    actions: ['apprunner:UpdateService'],
    service: 'tasks.apprunner.amazonaws.com',
    compute: 'apprunner-service',
  },
];
