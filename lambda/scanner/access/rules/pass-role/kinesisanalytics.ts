import type { PassRoleRule } from '../rule.ts';

/** Managed Service for Apache Flink, whose actions keep the prefix of Kinesis Data Analytics: the role runs the application. */
export const kinesisanalytics: readonly PassRoleRule[] = [
  {
    id: 'kinesisanalytics-create-application',
    aliases: ['kinesisanalytics-001'],
    title: 'create a Managed Service for Apache Flink application with the role and code of your own, and start it',
    actions: ['kinesisanalytics:CreateApplication', 'kinesisanalytics:StartApplication'],
    service: 'kinesisanalytics.amazonaws.com',
  },
];
