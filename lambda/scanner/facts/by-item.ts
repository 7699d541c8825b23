import { z } from 'zod';
import { type Observed, collected, unavailable } from '../model/observed.ts';
import { itemSchemas } from './items.ts';

/** An {@link Observed} answer as it is saved, with such a value. */
export const savedObservedSchema = <T extends z.ZodType>(value: T) =>
  z.union([
    z.object({ status: z.literal('collected'), value }),
    z.object({ status: z.literal('unavailable'), reason: z.string(), action: z.string().optional() }),
  ]);

const observedSchema = savedObservedSchema(z.unknown());

/** Reads an object with one {@link Observed} answer for each item; an item that cannot be read is unavailable by itself. */
export function byItem<T extends z.ZodType>(schema: T) {
  return z
    .custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
    .register(itemSchemas, { in: 'object', schema: savedObservedSchema(schema) })
    .transform(
      (items): ReadonlyMap<string, Observed<z.output<T>>> =>
        new Map(Object.entries(items).map(([name, item]) => [name, readObserved(schema, item)])),
    );
}

/** Reads an {@link Observed} answer. What cannot be read is unavailable, with the reason. */
export function readObserved<T extends z.ZodType>(schema: T, input: unknown): Observed<z.output<T>> {
  const observed = observedSchema.safeParse(input);
  if (!observed.success) return unavailable('it is not in the snapshot');
  if (observed.data.status === 'unavailable') return unavailable(observed.data.reason, observed.data.action);
  const value = schema.safeParse(observed.data.value);
  return value.success ? collected(value.data) : unavailable(`its value cannot be read: ${firstProblem(value.error)}`);
}

function firstProblem(error: z.ZodError): string {
  const [problem] = error.issues;
  return problem === undefined ? 'invalid' : `${problem.path.map(String).join('.') || 'it'}: ${problem.message}`.slice(0, 200);
}
