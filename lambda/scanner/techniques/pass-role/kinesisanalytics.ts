import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Managed Service for Apache Flink, whose actions keep the prefix of Kinesis Data Analytics: the application runs with the role.
 */
export const kinesisanalytics: readonly PassRoleTechnique[] = [
  {
    id: 'kinesisanalytics-create-application',
    aliases: ['kinesisanalytics-001'],
    title: 'Pass the role to a new Managed Service for Apache Flink application with custom code and start it',
    actions: ['kinesisanalytics:CreateApplication', 'kinesisanalytics:StartApplication'],
    service: 'kinesisanalytics.amazonaws.com',
  },
];
