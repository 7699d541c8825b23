import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Fault Injection Service: an action of an experiment runs an automation document, or commands on managed nodes, with
 * the role.
 * https://docs.aws.amazon.com/fis/latest/userguide/actions-ssm-agent.html
 */
export const fis: readonly PassRoleTechnique[] = [
  {
    id: 'fis-create-experiment-template-with-document',
    aliases: [],
    title: 'Pass the role to a new fault injection experiment that runs a custom automation document',
    actions: ['fis:CreateExperimentTemplate', 'fis:StartExperiment', 'ssm:CreateDocument'],
    service: 'fis.amazonaws.com',
  },
  {
    id: 'fis-create-experiment-template',
    aliases: [],
    title: 'Pass the role to a new fault injection experiment that runs commands on a managed node',
    actions: ['fis:CreateExperimentTemplate', 'fis:StartExperiment'],
    service: 'fis.amazonaws.com',
    existing: 'a managed node that runs with a role, or an automation document',
  },
  {
    id: 'fis-update-experiment-template',
    aliases: [],
    title: 'Pass the role to a fault injection experiment, and make it run commands on a managed node',
    actions: ['fis:UpdateExperimentTemplate', 'fis:StartExperiment'],
    service: 'fis.amazonaws.com',
    existing: 'an experiment template',
  },
];
