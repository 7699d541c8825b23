import type { ReportedDate } from '../../facts/credential-report.ts';
import { type Instant, toIso } from '../../model/instant.ts';

// Creating a formatter takes much longer than using it.
const sentence = new Intl.ListFormat('en-GB');

/** Joins several things for a sentence: `a, b and c`. */
export const joinList = (items: readonly string[]): string => sentence.format(items);

/** The day of an instant in UTC, such as `2026-11-20`. */
export const formatDay = (instant: Instant): string => toIso(instant).slice(0, 10);

/** A date of the credential report as evidence: ISO 8601, or the word that the report uses instead. */
export const formatReportDate = (date: ReportedDate): string => (typeof date === 'number' ? toIso(date) : date);
