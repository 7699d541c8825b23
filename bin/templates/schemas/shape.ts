import { z } from 'zod';

/** A schema for each field of an interface. The fields that may be absent are in it too. */
export type Shape<T> = { readonly [K in keyof T]-?: z.ZodType<T[K]> };

/** A list that does not change. */
export const listOf = <T extends z.ZodType>(item: T) => z.array(item).readonly();
