import { z } from 'zod';

/** A point in time: milliseconds since 1970-01-01 UTC, as `Date.now()` counts them. */
export type Instant = number;

/** A day, in milliseconds. */
export const DAY = 86_400_000;

/** Whole days from `since` to `now`; negative when `since` lies ahead. */
export const daysSince = (since: Instant, now: Instant): number => Math.floor((now - since) / DAY);

/** The instant as ISO 8601 in UTC, to the second. */
export const toIso = (instant: Instant): string => new Date(instant).toISOString().replace('.000Z', 'Z');

/** Reads a date as AWS prints it: ISO 8601 with `Z` or an offset, or (older command lines) seconds since 1970. */
export const instantSchema = z.union([z.string(), z.number()]).transform((value, context): Instant => {
  const instant = typeof value === 'number' ? value * 1000 : Date.parse(value);
  if (Number.isFinite(instant) && Math.abs(instant) <= 8.64e15) return instant;
  context.addIssue({ code: 'custom', message: 'is not a date' });
  return z.NEVER;
});
