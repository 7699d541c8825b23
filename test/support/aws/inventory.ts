import type { ComputeKind } from '../../../lambda/scanner/facts/compute.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { Call, Served } from './call.ts';
import { list, text } from './json-access.ts';
import { pageOf } from './pages.ts';
import { factOf } from './served.ts';

/** A thing of the served inventory. */
export interface Thing {
  readonly arn: string;
  /** What the ARN ends with, after the last slash or colon. */
  readonly name: string;
  /** The role that it runs with; empty if none is served. */
  readonly roleArn: string;
  readonly code?: string;
}

/** The things of a kind in the Region of the call. */
export const thingsOf = (served: Served, call: Call, kind: ComputeKind): readonly Thing[] =>
  list(factOf(served, call, 'compute'), 'items')
    .filter((item) => text(item, 'kind') === kind)
    .map((item) => {
      const code = text(item, 'code');
      return { arn: text(item, 'arn') ?? '', roleArn: text(item, 'roleArn') ?? '', ...(code === undefined ? {} : { code }) };
    })
    .filter(({ arn }) => arn.split(':')[3] === call.region)
    .map((thing) => ({ ...thing, name: thing.arn.replace(/^.*[/:]/, '') }));

/** The Regions of the inventory; without one, those that analyzers were looked for in. */
export function regionsOf(served: Served, call: Call): readonly Json[] {
  const { compute } = served.snapshot.facts;
  if (compute.status === 'collected') return list(compute.value, 'regions');
  return Object.keys(factOf(served, call, 'analyzers') ?? {});
}

/** How a service names its page tokens and sizes. */
export interface Paging {
  readonly token: string;
  readonly size: string;
}

/** The page that the call asks for by these names, and the token of the next one; null: it is the last. */
export function tokenPage<T>(
  served: Served,
  call: Call,
  items: readonly T[],
  { token, size }: Paging,
): { readonly items: readonly T[]; readonly next: Json } {
  const asked = [
    ['Marker', call.parameters.get(token)],
    ['MaxItems', call.parameters.get(size)],
  ] as const;
  const parameters = new Map(asked.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
  const page = pageOf(served, { ...call, parameters }, items);
  return { items: page.items, next: page.end.IsTruncated ? page.end.Marker : null };
}
