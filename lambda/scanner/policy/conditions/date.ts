import { matchesNothing, matching, notMatching, testing } from './value-test.ts';
import type { CompileValue } from './value-test.ts';

type Compare = (actual: number, wanted: number) => boolean;

const date =
  (compare: Compare): CompileValue =>
  (value) => {
    const wanted = parseInstant(value);
    if (wanted === undefined) return matchesNothing;
    return testing((text) => {
      const actual = parseInstant(text);
      return actual !== undefined && compare(actual, wanted);
    });
  };

const iso = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

/**
 * Milliseconds since 1970 of a date as the W3C writes ISO 8601, or of seconds since 1970. Four digits are a year; without a zone
 * the time is UTC. What is finer than a millisecond is cut off. https://www.w3.org/TR/NOTE-datetime
 */
function parseInstant(text: string): number | undefined {
  const parts = iso.exec(text);
  if (parts === null) return /^[+-]?\d+$/.test(text) ? Number(text) * 1000 : undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = parts;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const isReal = new Date(midnight).getUTCDate() === Number(day) && Number(month) >= 1 && Number(month) <= 12;
  if (!isReal || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const milliseconds = Number(fraction.slice(1, 4).padEnd(3, '0'));
  return midnight + seconds * 1000 + milliseconds - zoneOffset(zone);
}

/** Milliseconds by which the zone is ahead of UTC. */
function zoneOffset(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

const isEqual = date((actual, wanted) => actual === wanted);

/**
 * Date operators; a date is ISO 8601 or epoch seconds, on either side.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export const dateOperators = {
  DateEquals: matching(isEqual),
  DateNotEquals: notMatching(isEqual),
  DateLessThan: matching(date((actual, wanted) => actual < wanted)),
  DateLessThanEquals: matching(date((actual, wanted) => actual <= wanted)),
  DateGreaterThan: matching(date((actual, wanted) => actual > wanted)),
  DateGreaterThanEquals: matching(date((actual, wanted) => actual >= wanted)),
};
