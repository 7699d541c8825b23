import type { Import, Wanted } from '../evaluate/reconcile.ts';
import type { Instant } from '../model/instant.ts';
import type { AsffContent, AsffFinding, ComplianceStatus } from '../report/asff/finding.ts';
import type { StoredFinding } from './stored-findings.ts';

/** A finding or a record of this scan, with its ASFF content. */
export type Prepared = Wanted & { readonly content: AsffContent };

/** With milliseconds, because two updates can be less than a second apart. */
const iso = (instant: Instant) => new Date(instant).toISOString();

/**
 * The full finding to send: an update replaces the stored finding. The stored times of creation and first observation stay.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-providers.html
 */
export function documentOf(write: Import<Prepared, StoredFinding>, observedAt: Instant): AsffFinding {
  const UpdatedAt = iso(write.updatedAt);
  const LastObservedAt = iso(observedAt);
  switch (write.why) {
    case 'new':
      return { ...write.wanted.content, CreatedAt: UpdatedAt, FirstObservedAt: LastObservedAt, LastObservedAt, UpdatedAt };
    case 'changed':
    case 'refreshed': {
      const { CreatedAt, FirstObservedAt } = write.stored.document;
      return { ...write.wanted.content, CreatedAt, FirstObservedAt, LastObservedAt, UpdatedAt };
    }
    case 'kept':
      return { ...write.stored.document, UpdatedAt };
    case 'fixed':
      return { ...archived(write.stored.document, 'PASSED', FIXED), LastObservedAt, UpdatedAt };
    case 'withdrawn':
      return { ...archived(write.stored.document, 'NOT_AVAILABLE', REPORTED_BY_CAUSE), LastObservedAt, UpdatedAt };
  }
}

type StatusReason = NonNullable<NonNullable<AsffFinding['Compliance']>['StatusReasons']>[number];

const FIXED: StatusReason = {
  ReasonCode: 'CHECK_PASSED',
  Description: 'The check no longer reports this: it was fixed, or the resource was deleted.',
};

const REPORTED_BY_CAUSE: StatusReason = {
  ReasonCode: 'COULD_NOT_BE_EVALUATED',
  Description:
    'The check still cannot be evaluated. One finding now reports the cause for all checks: fact-unavailable or policy-document-unreadable.',
};

const archived = (document: AsffFinding, Status: ComplianceStatus, reason: StatusReason): AsffFinding => ({
  ...document,
  RecordState: 'ARCHIVED',
  Compliance: { ...document.Compliance, Status, StatusReasons: [reason] },
});
