import { z } from 'zod';
import { UsageError } from '../../errors.ts';
import type { Json } from '../../model/json.ts';
import { readTemplateText } from './yaml.ts';

const json = z.unknown().transform((value) => value as Json);

const resourceSchema = z.looseObject({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), json).default({}),
});

const templateSchema = z.looseObject({
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string(), Default: json.optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), json))).default({}),
  Conditions: z.record(z.string(), json).default({}),
  Transform: z.union([z.string(), z.array(json), z.looseObject({})]).optional(),
  Resources: z.record(z.string(), resourceSchema),
});

/** A CloudFormation template, as far as it decides who may do what. */
export type Template = z.output<typeof templateSchema>;

/** One resource of a template. */
export type TemplateResource = Template['Resources'][string];

/**
 * Reads a template.
 *
 * @throws UsageError when the text is no template.
 */
export function parseTemplate(text: string, source: string): Template {
  const result = templateSchema.safeParse(readTemplateText(text, source));
  if (result.success) return result.data;
  throw new UsageError(`${source} is not a CloudFormation template: ${z.prettifyError(result.error).slice(0, 500)}`, {
    cause: result.error,
  });
}
