import { parse } from 'yaml';
import { z } from 'zod';
import { UsageError } from './errors.ts';
import type { Check, Parameter } from './check.ts';
import { type Instant, instantSchema } from './model/instant.ts';

/** A finding that is known and accepted for a time. */
export interface Exception {
  readonly check: string;
  /** The ARN in the finding (of a key, its user's); `*` and `?` are wildcards. */
  readonly principal: string;
  readonly reason: string;
  readonly owner: string;
  readonly ticket?: string;
  readonly expires: Instant;
}

/** What the owner of the accounts has decided. */
export interface Config {
  readonly checks: ReadonlyMap<string, { readonly enabled?: boolean; readonly params: Readonly<Record<string, Parameter>> }>;
  readonly breakGlass: { readonly arns: readonly string[]; readonly tags: Readonly<Record<string, string>> };
  readonly exceptions: readonly Exception[];
}

/** What holds without a configuration file. */
export const defaultConfig: Config = { checks: new Map(), breakGlass: { arns: [], tags: {} }, exceptions: [] };

/** Whether a check runs: as the configuration says, and otherwise as the check does. */
export const isEnabled = ({ id, enabledByDefault = true }: Check, { checks }: Config): boolean =>
  checks.get(id)?.enabled ?? enabledByDefault;

const exceptionSchema = z
  .strictObject({
    check: z.string(),
    principal: z.string(),
    reason: z.string().min(1),
    owner: z.string().min(1),
    ticket: z.string().optional(),
    // A year alone is a number in YAML, which elsewhere would count seconds.
    expires: z
      .string('is not a date such as 2027-06-01')
      .transform((text): string | number => text)
      .pipe(instantSchema),
  })
  .transform(({ ticket, ...exception }): Exception => ({ ...exception, ...(ticket === undefined ? {} : { ticket }) }));

/**
 * Reads `iam-vigil.yaml`. Keys, checks and parameters that do not exist, and values of another type than the parameter's default,
 * are refused with their place: a typing error must not switch a check off.
 *
 * @throws UsageError when anything in it is wrong.
 */
export function parseConfig(text: string, checks: readonly Check[], source = 'iam-vigil.yaml'): Config {
  const result = configSchema(checks).safeParse(parseYaml(text, source) ?? {});
  if (result.success) return result.data;
  throw new UsageError(`${source} is not valid:\n${z.prettifyError(result.error)}`);
}

function parseYaml(text: string, source: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError(`${source} is not YAML: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function configSchema(checks: readonly Check[]) {
  const ids = new Set(checks.map(({ id }) => id));
  return z
    .strictObject({
      checks: z.strictObject(Object.fromEntries(checks.map((check) => [check.id, settingsSchema(check).optional()]))).default({}),
      breakGlass: z
        .strictObject({ arns: z.array(z.string()).default([]), tags: z.record(z.string(), z.string()).default({}) })
        .optional(),
      exceptions: z
        .array(exceptionSchema.refine(({ check }) => ids.has(check), { path: ['check'], message: 'is not a check' }))
        .default([]),
    })
    .transform(({ checks: settings, breakGlass, exceptions }): Config => ({
      checks: new Map(Object.entries(settings).flatMap(([id, value]) => (value ? [[id, value] as const] : []))),
      breakGlass: breakGlass ?? defaultConfig.breakGlass,
      exceptions,
    }));
}

/** `enabled`, and the check's own parameters, each of the type of its default. */
const settingsSchema = ({ params }: Check) =>
  z
    .strictObject({
      enabled: z.boolean().optional(),
      ...Object.fromEntries(Object.entries(params).map(([name, value]) => [name, parameterSchema(value).optional()])),
    })
    .transform(({ enabled, ...own }) => ({
      ...(enabled === undefined ? {} : { enabled }),
      params: Object.fromEntries(Object.entries(own).filter((entry): entry is [string, Parameter] => entry[1] !== undefined)),
    }));

function parameterSchema(value: Parameter): z.ZodType<Parameter> {
  if (typeof value === 'number') return z.number().min(0);
  if (typeof value === 'boolean') return z.boolean();
  return typeof value === 'string' ? z.string() : z.array(z.string());
}
