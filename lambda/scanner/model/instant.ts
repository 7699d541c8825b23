import { z } from 'zod';

/** A point in time: milliseconds since 1970-01-01 UTC, as `Date.now()` counts them. */
export type Instant = number;

/** A day, in milliseconds. */
export const DAY = 86_400_000;

/** Whole days from `since` to `now`; negative when `since` is in the future. */
export const daysSince = (since: Instant, now: Instant): number => Math.floor((now - since) / DAY);

/** The instant as ISO 8601 in UTC, to the second. */
export const toIso = (instant: Instant): string => new Date(instant).toISOString().replace('.000Z', 'Z');

const ISO_8601 = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Reads a date or a time in ISO 8601; undefined where it is not one. Without an offset it is UTC: `Date.parse` would use the time
 * zone of the machine, and would accept many texts that are not dates.
 */
export function parseInstant(text: string): Instant | undefined {
  const [, day, time = '00:00', offset = 'Z'] = ISO_8601.exec(text) ?? [];
  if (day === undefined) return undefined;
  const instant = Date.parse(`${day}T${time}${offset}`);
  return Number.isFinite(instant) && isInCalendar(day) ? instant : undefined;
}

/** Whether the month has the day: `Date.parse` takes 30 February for 2 March. */
const isInCalendar = (day: string): boolean => new Date(`${day}T00:00Z`).toISOString().startsWith(day);

/** Reads a date as AWS prints it: ISO 8601, or (older AWS CLI versions) seconds since 1970. */
export const instantSchema = z.union([z.string(), z.number()]).transform((value, context): Instant => {
  const instant = typeof value === 'number' ? value * 1000 : parseInstant(value);
  if (instant !== undefined && Math.abs(instant) <= 8.64e15) return instant;
  context.addIssue({ code: 'custom', message: 'is not a date' });
  return z.NEVER;
});

/** The time of data that contains no date. It is older than all others: such data never counts as newer than what was seen before. */
export const UNDATED: Instant = 0;
