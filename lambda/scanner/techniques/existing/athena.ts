import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * Amazon Athena for Apache Spark: the code of a session runs with the execution role of the workgroup.
 * https://docs.aws.amazon.com/athena/latest/ug/notebooks-spark-getting-started.html
 */
export const athena: readonly ExistingComputeTechnique[] = [
  {
    id: 'athena-start-calculation-execution',
    aliases: [],
    title: 'Run code in a session of an Athena workgroup for Spark that runs with the role',
    actions: ['athena:StartSession', 'athena:StartCalculationExecution'],
    service: 'athena.amazonaws.com',
    compute: 'an Athena workgroup',
  },
];
