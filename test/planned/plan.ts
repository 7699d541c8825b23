import type { Json } from '../../lambda/scanner/model/json.ts';

/** The attributes of a resource. */
export type Values = Readonly<Record<string, Json>>;

/** A change of a resource in a plan. */
export interface Resource {
  readonly type: string;
  readonly name?: string;
  readonly index?: string | number;
  readonly actions?: readonly string[];
  readonly before?: Values | null;
  readonly after?: Values | null;
  readonly unknown?: Values;
  /** The references of the attributes that the configuration sets. */
  readonly sets?: Readonly<Record<string, readonly string[]>>;
}

/** A plan as `terraform show -json` prints it. */
export const planOf = (...resources: readonly Resource[]): string =>
  JSON.stringify({
    format_version: '1.2',
    resource_changes: resources.map(
      ({ type, name = 'this', index, actions = ['create'], before = null, after = null, unknown = {} }) => ({
        ...{
          address: `${type}.${name}${index === undefined ? '' : `[${JSON.stringify(index)}]`}`,
          mode: 'managed',
          type,
          name,
          index,
        },
        change: { actions, before, after, after_unknown: unknown },
      }),
    ),
    configuration: {
      root_module: {
        resources: resources.map(({ type, name = 'this', sets = {} }) => ({
          ...{ type, name },
          expressions: Object.fromEntries(Object.entries(sets).map(([attribute, references]) => [attribute, { references }])),
        })),
      },
    },
  });
