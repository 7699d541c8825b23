import type { Call, Served } from './call.ts';
import { draw } from './random.ts';
import { invalid } from './refusal.ts';

/** One page of a list, and how to ask for the next. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly end: { readonly IsTruncated: false } | { readonly IsTruncated: true; readonly Marker: string };
}

interface Position {
  readonly start: number;
  /** How many empty pages came just before. */
  readonly empty: number;
}

const DEFAULT_ITEMS = 100;
const MAX_ITEMS = 1000;
const EMPTY_IN_A_ROW = 3;

/**
 * The page of the list that the call's `Marker` and `MaxItems` ask for, as short as the quirks make it.
 *
 * @throws Refusal when either is not what AWS accepts.
 */
export function pageOf<T>({ quirks }: Served, call: Call, items: readonly T[]): Page<T> {
  const { start, empty } = positionOf(call);
  const seed = quirks.seed ?? 1;
  const left = items.length - start;
  if (left > 0 && empty < EMPTY_IN_A_ROW && draw(seed, `empty ${call.key}`) < (quirks.emptyPages ?? 0))
    return { items: [], end: { IsTruncated: true, Marker: markerOf({ start, empty: empty + 1 }) } };
  const most = Math.min(maxItemsOf(call), left);
  const size = quirks.randomPages === true ? Math.ceil(draw(seed, `page ${call.key}`) * most) || most : most;
  const next = start + size;
  return {
    items: items.slice(start, next),
    end: next < items.length ? { IsTruncated: true, Marker: markerOf({ start: next, empty: 0 }) } : { IsTruncated: false },
  };
}

function maxItemsOf({ parameters }: Call): number {
  const maxItems = Number(parameters.get('MaxItems') ?? DEFAULT_ITEMS);
  if (Number.isInteger(maxItems) && maxItems >= 1 && maxItems <= MAX_ITEMS) return maxItems;
  const [than, limit] = maxItems > MAX_ITEMS ? ['less', MAX_ITEMS] : ['greater', 1];
  throw invalid(
    `1 validation error detected: Value '${maxItems}' at 'maxItems' failed to satisfy constraint: ` +
      `Member must have value ${than} than or equal to ${limit}`,
  );
}

const markerOf = ({ start, empty }: Position) => Buffer.from(`${start}/${empty}`).toString('base64');

function positionOf({ parameters }: Call): Position {
  const marker = parameters.get('Marker');
  if (marker === undefined) return { start: 0, empty: 0 };
  const match = /^(\d+)\/(\d+)$/.exec(Buffer.from(marker, 'base64').toString());
  if (!match) throw invalid(`Invalid Marker: ${marker}`);
  return { start: Number(match[1]), empty: Number(match[2]) };
}
