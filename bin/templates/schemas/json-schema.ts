import { z } from 'zod';
import { itemSchemas } from '../../../lambda/scanner/facts/items.ts';
import type { Descriptions } from './descriptions.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What a JSON Schema is made of. */
export interface Source {
  readonly title: string;
  readonly schema: z.ZodType;
  /** What is described: what the schema reads, or what it returns. */
  readonly io: 'input' | 'output';
  /** What is said of the fields of interfaces. An object of the schema is one of them if its `id` is the name of the interface. */
  readonly descriptions?: Descriptions;
}

/** A schema of the code as JSON Schema 2020-12. Objects may have further fields, unless the code rejects them. */
export function jsonSchema({ title, schema, io, descriptions = new Map() }: Source): string {
  const { $schema, ...made } = toJsonSchema(schema, io);
  // Where the code uses a schema twice, what was made of it is one object.
  const { $defs = {}, ...root } = JSON.parse(JSON.stringify(made)) as JsonSchema;
  const named = Object.entries($defs).map(([id, object]) => [id, withDescriptions(object, descriptions.get(id))] as const);
  const all = { $schema, title, ...root, ...(named.length === 0 ? {} : { $defs: Object.fromEntries(named) }) };
  return `${JSON.stringify(all, undefined, 2)}\n`;
}

const toJsonSchema = (schema: z.ZodType, io: Source['io']): JsonSchema =>
  z.toJSONSchema(schema, {
    io,
    // What is any value in the code has no limits in the schema.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: made }) => {
      // Read-only says that a program must not write the field; in the code it says that a list does not change.
      delete made.readOnly;
      if (io === 'output' && made.additionalProperties === false) delete made.additionalProperties;
      Object.assign(made, itemsOf(zodSchema));
    },
  });

/** What the items of a list or an object are, if they are read one by one. */
function itemsOf(zodSchema: z.core.$ZodType): JsonSchema {
  const items = itemSchemas.get(zodSchema as z.ZodType);
  if (!(items?.schema instanceof z.ZodType)) return {};
  const { $schema: _, ...item } = toJsonSchema(items.schema, 'input');
  return items.in === 'list' ? { type: 'array', items: item } : { type: 'object', additionalProperties: item };
}

function withDescriptions(object: JsonSchema, fields: ReadonlyMap<string, string> = new Map()): JsonSchema {
  const properties = Object.entries(object.properties ?? {}).map(([name, property]) => {
    const description = fields.get(name);
    return [name, description === undefined || typeof property === 'boolean' ? property : { description, ...property }] as const;
  });
  return properties.length === 0 ? object : { ...object, properties: Object.fromEntries(properties) };
}
