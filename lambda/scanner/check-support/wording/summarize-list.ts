import { joinList } from './wording.ts';

const NAMED = 5;

/** Joins things for a sentence where there may be many: the first five, and how many more. */
export const summarizeList = (items: readonly string[]): string =>
  joinList(items.length > NAMED ? [...items.slice(0, NAMED), `${items.length - NAMED} more`] : items);
