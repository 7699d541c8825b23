import { z } from 'zod';

/**
 * The schema of the items of a list or an object that is read item by item. An item that cannot be read costs only itself, so the schema
 * of the whole takes everything, and does not tell what it should hold. The type of `schema` is not a schema's, because a registry
 * would change it.
 */
export const itemSchemas = z.registry<{ readonly in: 'list' | 'object'; readonly schema: unknown }>();
