import { z } from 'zod';
import { savedObservedSchema } from '../../../lambda/scanner/facts/by-item.ts';
import { rawFacts } from '../../../lambda/scanner/facts/index.ts';
import { declaredParts } from '../../../lambda/scanner/facts/organization-parts/index.ts';
import { unseenSchema } from '../../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { envelopeSchema } from '../../../lambda/scanner/facts/snapshot.ts';

const mapped = <T>(declarations: Readonly<Record<string, { readonly schema: z.ZodType }>>, as: (schema: z.ZodType) => T) =>
  Object.fromEntries(Object.entries(declarations).map(([name, { schema }]) => [name, as(schema)]));

/** A saved snapshot of one account. A fact that an earlier version did not collect is missing. */
export const snapshotSchema = envelopeSchema.extend({ facts: z.object(mapped(rawFacts, savedObservedSchema)).partial() });

/** A saved organization, `organization.json` in the folder of its accounts. */
export const organizationSchema = z
  .object({
    takenAt: z.string(),
    ...mapped(declaredParts, (schema) => z.union([unseenSchema, schema])),
  })
  .partial();
