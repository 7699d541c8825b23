import type { PassRoleTechnique } from '../compute-technique.ts';

/** AWS Glue: the script of a job, the statements of a session and the shell of a development endpoint run with the role. */
export const glue: readonly PassRoleTechnique[] = [
  {
    id: 'glue-create-dev-endpoint',
    aliases: ['glue-001'],
    title: 'Pass the role to a new Glue development endpoint and connect to it',
    actions: ['glue:CreateDevEndpoint'],
    service: 'glue.amazonaws.com',
  },
  {
    id: 'glue-create-job',
    aliases: ['glue-003'],
    title: 'Pass the role to a new Glue job and start it',
    actions: ['glue:CreateJob', 'glue:StartJobRun'],
    service: 'glue.amazonaws.com',
  },
  {
    id: 'glue-create-job-and-trigger',
    aliases: ['glue-004'],
    title: 'Pass the role to a new Glue job and create a trigger that starts it',
    actions: ['glue:CreateJob', 'glue:CreateTrigger'],
    service: 'glue.amazonaws.com',
  },
  {
    id: 'glue-update-job',
    aliases: ['glue-005'],
    title: 'Pass the role to an existing Glue job, replace its script, and start it',
    actions: ['glue:UpdateJob', 'glue:StartJobRun'],
    service: 'glue.amazonaws.com',
    existing: 'a Glue job',
    existingKind: 'glue-job',
  },
  {
    id: 'glue-update-job-and-trigger',
    aliases: ['glue-006'],
    title: 'Pass the role to an existing Glue job, replace its script, and create a trigger that starts it',
    actions: ['glue:UpdateJob', 'glue:CreateTrigger'],
    service: 'glue.amazonaws.com',
    existing: 'a Glue job',
    existingKind: 'glue-job',
  },
  {
    id: 'glue-create-session',
    aliases: ['glue-007'],
    title: 'Pass the role to a new Glue interactive session and run statements in it',
    actions: ['glue:CreateSession', 'glue:RunStatement'],
    service: 'glue.amazonaws.com',
  },
  {
    id: 'glue-start-blueprint-run',
    aliases: [],
    title: 'Pass the role to a run of a Glue blueprint with a custom script',
    actions: ['glue:StartBlueprintRun'],
    service: 'glue.amazonaws.com',
    existing: 'a Glue blueprint whose script the principal can write',
  },
  {
    id: 'glue-create-blueprint',
    aliases: [],
    title: 'Create a Glue blueprint with a custom script, and pass the role to a run of it',
    actions: ['glue:CreateBlueprint', 'glue:StartBlueprintRun'],
    service: 'glue.amazonaws.com',
  },
];
