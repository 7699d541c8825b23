import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { Call, Served } from './call.ts';
import { draw } from './random.ts';
import { Refusal } from './refusal.ts';

const MOST_ITEMS = 20;
const EMPTY_IN_A_ROW = 3;

/**
 * A page of a list whose next is asked for by `NextToken`, as short as the quirks make it; it may be empty and lead on, as those of
 * Organizations do. https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 */
export function tokenPage({ quirks }: Served, call: Call, name: string, items: readonly Json[]): Json {
  const token = call.parameters.get('NextToken') ?? '0/0';
  const [, start = 0, empty = 0] = (/^(\d+)\/(\d+)$/.exec(token) ?? []).map(Number);
  if (!/^\d+\/\d+$/.test(token)) throw new Refusal(400, 'InvalidInputException', 'You specified an invalid pagination token.');
  const seed = quirks.seed ?? 1;
  if (start < items.length && empty < EMPTY_IN_A_ROW && draw(seed, `empty ${call.key}`) < (quirks.emptyPages ?? 0))
    return { [name]: [], NextToken: `${start}/${empty + 1}` };
  const most = Math.min(MOST_ITEMS, items.length - start);
  const size = quirks.randomPages === true ? Math.ceil(draw(seed, `page ${call.key}`) * most) || most : most;
  const next = start + size;
  return { [name]: items.slice(start, next), ...(next < items.length ? { NextToken: `${next}/0` } : {}) };
}
