import { z } from 'zod';
import type { Check } from '../../../lambda/scanner/check.ts';
import { configSchema } from '../../../lambda/scanner/config.ts';
import { CONTEXT_KEY } from '../../deployment.ts';
import { settings } from '../../settings.ts';
import { descriptionsIn } from './descriptions.ts';
import { jsonSchema } from './json-schema.ts';
import { reportSchema } from './report.ts';
import { organizationSchema, snapshotSchema } from './snapshot.ts';

const MODEL = 'lambda/scanner/model';

/** The JSON Schemas that are published, by the name of the file in `docs/schemas`. */
export const publishedSchemas = (checks: readonly Check[]): Readonly<Record<string, string>> => ({
  'iam-vigil.schema.json': jsonSchema({ title: 'iam-vigil.yaml', schema: configSchema(checks), io: 'input' }),
  'report.schema.json': jsonSchema({
    title: 'The report of iam-vigil scan --format json',
    schema: reportSchema,
    io: 'output',
    descriptions: descriptionsIn(MODEL),
  }),
  'snapshot.schema.json': jsonSchema({ title: 'A snapshot of one account', schema: snapshotSchema, io: 'input' }),
  'organization.schema.json': jsonSchema({
    title: 'organization.json, the snapshot of an organization',
    schema: organizationSchema,
    io: 'input',
  }),
  // It has the settings beside what the CDK writes.
  'settings.schema.json': jsonSchema({
    title: 'cdk.context.json, the settings of a deployment',
    schema: z.looseObject({ [CONTEXT_KEY]: settings.optional() }),
    io: 'input',
  }),
});
