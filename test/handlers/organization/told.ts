import type { OrganizationReport } from '../../../lambda/handlers/organization/organization-report.ts';
import { runEndedSchema } from '../run-ended-schema.ts';
import type { Played } from './machine.ts';

/** The event that a run sent, held to its documented form. */
export function eventOf({ events }: Played) {
  const [sent] = events as readonly { readonly Entries: readonly { readonly Detail: Omit<OrganizationReport, 'accounts'> }[] }[];
  const detail = sent?.Entries[0]?.Detail;
  if (detail === undefined) throw new Error('no event was sent');
  runEndedSchema.parse(detail);
  return detail;
}

/** What the event of a run tells, one line each. */
export const told = (played: Played) =>
  eventOf(played).digest.items.map(({ what, account, checkId }) => `${what} ${account} ${checkId}`);
