import type { Report } from '../../scanner/model/report.ts';
import type { ScanResult } from '../finish-scan.ts';

/** What the headline is made of. */
interface OrganizationOutcome {
  readonly planned: number;
  readonly readAgain?: readonly string[];
  readonly notScanned: readonly { readonly reason: string }[];
  readonly undelivered: readonly { readonly reason: string }[];
  readonly failed: Report['summary']['failed'];
  readonly unknown: number;
  readonly accounts: readonly Pick<ScanResult, 'unknown'>[];
}

/** The scan of an organization in one line: what was not scanned, evaluated or delivered, and why, then the number of failures. */
export function organizationHeadline({
  planned,
  readAgain,
  notScanned,
  undelivered,
  failed,
  unknown,
  accounts,
}: OrganizationOutcome): string {
  const blind = accounts.filter(({ unknown: lines }) => lines.length > 0);
  const gaps = [
    ...gap(notScanned.length, planned, 'were not scanned', notScanned[0]?.reason),
    ...(unknown === 0
      ? []
      : gap(blind.length, planned, `have results that could not be evaluated (${unknown})`, mostFrequent(blind))),
    ...gap(undelivered.length, planned, 'have findings that were not delivered', undelivered[0]?.reason),
  ];
  const failures = Object.values(failed).reduce((sum, count) => sum + count, 0);
  const outcome = failures === 0 ? 'no check failed' : `${failures} findings failed`;
  const part = readAgain === undefined ? '' : `${readAgain.length} of ${planned} accounts read again; `;
  const whole =
    gaps.length === 0 ? `complete; ${outcome}` : `INCOMPLETE: ${gaps.join('; ')}; ${outcome} of what could be evaluated`;
  return `${part}${whole}`;
}

const LONGEST_REASON = 200;

const gap = (count: number, of: number, what: string, reason = ''): readonly string[] =>
  count === 0 ? [] : [`${count} of ${of} accounts ${what}: ${reason.slice(0, LONGEST_REASON)}`];

/** The line that the most accounts have. */
function mostFrequent(accounts: OrganizationOutcome['accounts']): string | undefined {
  const counts = new Map<string, number>();
  for (const line of accounts.flatMap(({ unknown }) => unknown)) {
    const common = line.replaceAll(/\b\d{12}\b/g, '…');
    counts.set(common, (counts.get(common) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
