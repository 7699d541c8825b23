import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const file = path.join(__dirname, '../../docs/schemas/run-ended.schema.json');

/** The documented form of the event that ends a run. */
export const runEndedSchema = z.fromJSONSchema(JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof z.fromJSONSchema>[0]);
