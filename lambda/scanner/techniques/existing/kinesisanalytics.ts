import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * Managed Service for Apache Flink: the code of an application runs with its role.
 * https://docs.aws.amazon.com/managed-flink/latest/java/how-creating-apps.html
 */
export const kinesisanalytics: readonly ExistingComputeTechnique[] = [
  {
    id: 'kinesisanalytics-update-application',
    aliases: [],
    title: 'Replace the code of a Managed Service for Apache Flink application that runs with the role',
    actions: ['kinesisanalytics:UpdateApplication'],
    service: 'kinesisanalytics.amazonaws.com',
    compute: 'a Managed Service for Apache Flink application',
  },
];
