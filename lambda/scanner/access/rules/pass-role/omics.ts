import type { PassRoleRule } from '../rule.ts';

/** AWS HealthOmics: the role runs the tasks of a workflow. */
export const omics: readonly PassRoleRule[] = [
  {
    id: 'omics-create-workflow',
    aliases: ['omics-001'],
    title: 'create a HealthOmics workflow of your own and start a run of it as the role',
    actions: ['omics:CreateWorkflow', 'omics:StartRun', 's3:GetObject'],
    service: 'omics.amazonaws.com',
  },
];
