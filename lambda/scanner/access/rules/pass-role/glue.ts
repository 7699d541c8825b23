import type { PassRoleRule } from '../rule.ts';

/** AWS Glue: the role runs the script of a job, the statements of a session, or what is typed on a development endpoint. */
export const glue: readonly PassRoleRule[] = [
  {
    id: 'glue-create-dev-endpoint',
    aliases: ['glue-001'],
    title: 'create a Glue development endpoint with the role and sign in to it',
    actions: ['glue:CreateDevEndpoint'],
    service: 'glue.amazonaws.com',
  },
  {
    id: 'glue-create-job',
    aliases: ['glue-003'],
    title: 'create a Glue job with the role and start it',
    actions: ['glue:CreateJob', 'glue:StartJobRun'],
    service: 'glue.amazonaws.com',
  },
  {
    id: 'glue-create-job-and-trigger',
    aliases: ['glue-004'],
    title: 'create a Glue job with the role and a trigger that starts it',
    actions: ['glue:CreateJob', 'glue:CreateTrigger'],
    service: 'glue.amazonaws.com',
  },
  {
    id: 'glue-update-job',
    aliases: ['glue-005'],
    title: 'give a Glue job the role and a script of your own, and start it',
    actions: ['glue:UpdateJob', 'glue:StartJobRun'],
    service: 'glue.amazonaws.com',
    existing: 'a Glue job',
    existingKind: 'glue-job',
  },
  {
    id: 'glue-update-job-and-trigger',
    aliases: ['glue-006'],
    title: 'give a Glue job the role and a script of your own, and create a trigger that starts it',
    actions: ['glue:UpdateJob', 'glue:CreateTrigger'],
    service: 'glue.amazonaws.com',
    existing: 'a Glue job',
    existingKind: 'glue-job',
  },
  {
    id: 'glue-create-session',
    aliases: ['glue-007'],
    title: 'create a Glue interactive session with the role and run statements in it',
    actions: ['glue:CreateSession', 'glue:RunStatement'],
    service: 'glue.amazonaws.com',
  },
];
