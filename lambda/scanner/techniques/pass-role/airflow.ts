import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon MWAA: the DAGs and the startup script of an environment run with its execution role.
 * https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-create-role.html
 */
export const airflow: readonly PassRoleTechnique[] = [
  {
    id: 'airflow-create-environment',
    aliases: ['mwaa-001'],
    title: 'Pass the role to a new MWAA environment, whose DAGs run with it',
    actions: ['airflow:CreateEnvironment'],
    service: 'airflow.amazonaws.com',
  },
  {
    id: 'airflow-update-environment',
    aliases: ['mwaa-002'],
    title: 'Pass the role to an existing MWAA environment, and point it to custom DAGs',
    actions: ['airflow:UpdateEnvironment'],
    service: 'airflow.amazonaws.com',
    existing: 'an MWAA environment',
  },
  {
    id: 'airflow-serverless-create-workflow',
    aliases: [],
    title: 'Pass the role to a new MWAA Serverless workflow, and start it',
    actions: ['airflow-serverless:CreateWorkflow', 'airflow-serverless:StartWorkflowRun'],
    service: 'airflow-serverless.amazonaws.com',
  },
  {
    id: 'airflow-serverless-update-workflow',
    aliases: [],
    title: 'Pass the role to an existing MWAA Serverless workflow, replace its definition, and start it',
    actions: ['airflow-serverless:UpdateWorkflow', 'airflow-serverless:StartWorkflowRun'],
    service: 'airflow-serverless.amazonaws.com',
    existing: 'an MWAA Serverless workflow',
  },
];
