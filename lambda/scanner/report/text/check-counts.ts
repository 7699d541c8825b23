import { severities } from '../../model/severity.ts';
import type { TextContext } from './context.ts';
import { groupBy } from './group-findings.ts';

const USUAL_WIDTH = 100;
/** Room for `, and 99 more checks`. */
const ROOM = 20;

/** How many findings each check has, a line for each severity: as many checks as the line takes, those with the most findings first. */
export function checkCounts({ failed, paint, layout: { width = USUAL_WIDTH } }: TextContext): string {
  return severities
    .toReversed()
    .flatMap((severity) => {
      const checks = groupBy(
        failed.filter((finding) => finding.severity === severity),
        ({ checkId }) => checkId,
      ).toSorted((a, b) => b.length - a.length);
      if (checks.length === 0) return [];
      const label = severity.padEnd(13);
      const names = checks.map((group) => `${group.length} ${group[0].checkId}`);
      const shown = names.filter(
        (_, index) => label.length + 2 + names.slice(0, index + 1).join(', ').length + ROOM <= width || index === 0,
      );
      const more = names.length - shown.length;
      const rest = more > 0 ? `, and ${more} more ${more === 1 ? 'check' : 'checks'}` : '';
      return [`${paint(severity, label)}  ${shown.join(', ')}${rest}`];
    })
    .join('\n');
}
