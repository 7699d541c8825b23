import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon Athena for Apache Spark: the code of a session runs with the execution role of the workgroup.
 * https://docs.aws.amazon.com/athena/latest/ug/notebooks-spark-getting-started.html
 */
export const athena: readonly PassRoleTechnique[] = [
  {
    id: 'athena-create-work-group',
    aliases: [],
    title: 'Pass the role to a new Athena workgroup for Spark, and run code in a session',
    actions: ['athena:CreateWorkGroup', 'athena:StartSession', 'athena:StartCalculationExecution'],
    service: 'athena.amazonaws.com',
  },
  {
    id: 'athena-update-work-group',
    aliases: [],
    title: 'Pass the role to an existing Athena workgroup for Spark, and run code in a session',
    actions: ['athena:UpdateWorkGroup', 'athena:StartSession', 'athena:StartCalculationExecution'],
    service: 'athena.amazonaws.com',
    existing: 'an Athena workgroup for Spark',
  },
  {
    id: 'athena-start-session',
    aliases: [],
    title: 'Pass the role to a session of an Athena workgroup for Spark, and run code in it',
    actions: ['athena:StartSession', 'athena:StartCalculationExecution'],
    service: 'athena.amazonaws.com',
    existing: 'an Athena workgroup for Spark',
  },
];
