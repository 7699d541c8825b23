import type { PassRoleTechnique } from '../compute-technique.ts';

/** AWS HealthOmics: the tasks of a workflow run with the role. */
export const omics: readonly PassRoleTechnique[] = [
  {
    id: 'omics-create-workflow',
    aliases: ['omics-001'],
    title: 'Create a custom HealthOmics workflow and pass the role to a run of it',
    actions: ['omics:CreateWorkflow', 'omics:StartRun', 's3:GetObject'],
    service: 'omics.amazonaws.com',
  },
];
