import { credentialReportSchema, newestDate } from '../facts/credential-report.ts';
import type { RawFactName } from '../facts/index.ts';
import { type Instant, UNDATED, instantSchema } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import type { Observed } from '../model/observed.ts';

/** Fields of answers that say when something happened, which was before AWS answered. */
const pastDates = new Set([
  ...['CreateDate', 'UpdateDate', 'UploadDate', 'EnableDate', 'GeneratedTime', 'LastUsedDate', 'PasswordLastUsed'],
  ...['createdAt', 'updatedAt'],
]);

/** The newest date that the content of facts proves: they were collected then or later. {@link UNDATED} if they contain none. */
export function newestDateIn(facts: Partial<Record<RawFactName, Observed<Json>>>): Instant {
  const values = Object.values(facts).flatMap((fact) => (fact.status === 'collected' ? [fact.value] : []));
  const { credentialReport } = facts;
  const report =
    credentialReport?.status === 'collected' ? credentialReportSchema.safeParse(credentialReport.value).data : undefined;
  return [...datesIn(values), report === undefined ? UNDATED : newestDate(report)].reduce(
    (newest, date) => Math.max(newest, date),
    UNDATED,
  );
}

/** Looks without recursion, so that a file of any depth can be read. */
function datesIn(values: readonly Json[]): readonly Instant[] {
  const dates: Instant[] = [];
  const pending: Json[] = [...values];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const [name, value] of Object.entries(next)) {
      const date = pastDates.has(name) ? instantSchema.safeParse(value).data : undefined;
      if (date !== undefined) dates.push(date);
      else if (typeof value === 'object' && value !== null) pending.push(value);
    }
  }
  return dates;
}
