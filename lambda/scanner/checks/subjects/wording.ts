import type { ReportedDate } from '../../model/facts/credential-report.ts';
import { type Instant, toIso } from '../../model/instant.ts';

// Making one takes much longer than using it.
const sentence = new Intl.ListFormat('en-GB');

/** Several things as a sentence names them: `a, b and c`. */
export const listed = (items: readonly string[]): string => sentence.format(items);

/** The day of an instant in UTC, such as `2026-11-20`. */
export const day = (instant: Instant): string => toIso(instant).slice(0, 10);

/** A date of the credential report as evidence: ISO 8601, or the word that the report has for it. */
export const reported = (date: ReportedDate): string => (typeof date === 'number' ? toIso(date) : date);
