import { z } from 'zod';
import { UsageError, messageOf } from '../../errors.ts';
import type { Json } from '../../model/json.ts';

/** Values of a resource by attribute. */
export type Values = Readonly<Record<string, Json>>;

const values = z.record(z.string(), z.unknown()).transform((record) => record as Values);

/** https://developer.hashicorp.com/terraform/internals/json-format */
const changeSchema = z.looseObject({
  address: z.string(),
  module_address: z.string().default(''),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  index: z.union([z.string(), z.number()]).optional(),
  change: z.looseObject({
    actions: z.array(z.string()),
    before: values.nullish(),
    after: values.nullish(),
    after_unknown: z.union([values, z.boolean()]).default(false),
  }),
});

const resourceSchema = z.looseObject({ type: z.string(), name: z.string(), expressions: values.default({}) });

/** A module as it is written: its resources, and the modules that it calls. */
export interface Module {
  readonly resources: readonly z.output<typeof resourceSchema>[];
  readonly module_calls: Readonly<Record<string, { readonly module: Module }>>;
}

const moduleSchema: z.ZodType<Module> = z.lazy(() =>
  z.looseObject({
    resources: z.array(resourceSchema).default([]),
    module_calls: z.record(z.string(), z.looseObject({ module: moduleSchema })).default({}),
  }),
);

const planSchema = z.looseObject({
  format_version: z.string(),
  resource_changes: z.array(changeSchema).default([]),
  configuration: z.looseObject({ root_module: moduleSchema }),
});

/** A Terraform plan, as far as it decides who may do what. */
export type Plan = z.output<typeof planSchema>;

/** One resource of a plan, before and after it is applied. */
export type ResourceChange = Plan['resource_changes'][number];

/**
 * Reads what `terraform show -json` prints.
 *
 * @throws UsageError when the text is no plan.
 */
export function parsePlan(text: string, source: string): Plan {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${source} is not valid JSON: ${messageOf(error)}. terraform show -json FILE prints a plan as JSON`, {
      cause: error,
    });
  }
  const result = planSchema.safeParse(json);
  if (result.success) return result.data;
  throw new UsageError(
    `${source} is not a Terraform plan as terraform show -json prints it: ${z.prettifyError(result.error).slice(0, 500)}`,
    { cause: result.error },
  );
}
