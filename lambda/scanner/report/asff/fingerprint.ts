import { createHash } from 'node:crypto';
import type { Reported } from '../../model/informational-record.ts';
import type { Json } from '../../model/json.ts';
import type { AsffResource } from './finding.ts';

/** Increase this to write all findings again, for example because their format changed. */
const FORMAT = 2;

const DURATION = /\b\d+ (minute|hour|day|week|month|year)s?\b/g;
const TIME = /\b\d{4}-\d{2}-\d{2}(T[\d:.]+Z?)?/g;
// The parts of a denial by AWS that differ every time: request IDs and session names.
const REQUEST = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|(?<=:assumed-role\/[^/\s]+\/)\S+/gi;

/** Text without ages: a higher age is not a change. */
const ageless = (text: string) => text.replaceAll(DURATION, '$1').replaceAll(REQUEST, '');

/** Text without ages and times: that a key was used again is not a change. */
const timeless = (text: string) => ageless(text).replaceAll(TIME, 'time');

const isAge = (key: string, value: Json) => typeof value === 'number' && /(Days|Hours)$/.test(key);

/** Evidence without ages and times. An ARN stays as it is, even if it contains a date. */
function settled(value: Json): Json {
  if (typeof value === 'string') return timeless(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(settled);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !isAge(key, item))
      .map(([key, item]) => [key, key === 'arn' ? item : settled(item)]),
  );
}

/**
 * A hash of the content of a finding, which tells whether it changed since it was written. Ages are left out. Times in headline and
 * message count, because they can be the news (root was used again). An exception counts in full, and so does until when a finding about
 * a change stays open: if it happens again, the time starts again. So does the link, so that a new address reaches all findings.
 */
export function fingerprint(finding: Reported, resources: readonly AsffResource[], page?: string): string {
  const { status, headline, severity, message, remediation, standards } = finding;
  const { exception = null, ...evidence } = finding.evidence;
  const texts = { headline: ageless(headline), message: ageless(message), remediation: timeless(remediation) };
  const openUntil = 'openUntil' in finding ? [finding.openUntil] : [];
  const content = [FORMAT, status, severity, texts, standards, settled(evidence), exception, resources, ...openUntil, page];
  return createHash('sha256').update(canonical(content)).digest('hex').slice(0, 32);
}

/** JSON with sorted keys, so that the same content gives the same text. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
