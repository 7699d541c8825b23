import type { Import, Wanted } from '../evaluate/reconcile.ts';
import type { Instant } from '../model/instant.ts';
import type { AsffContent, AsffFinding } from '../report/asff/finding.ts';
import type { StoredFinding } from './stored-findings.ts';

/** A finding or a record of this scan, with what is to be written of it. */
export type Prepared = Wanted & { readonly content: AsffContent };

/** Milliseconds included, as two updates can lie closer than a second. */
const iso = (instant: Instant) => new Date(instant).toISOString();

/**
 * The finding to send, whole, since an update replaces what is there. When it was created and first observed stays as stored.
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
      return { ...passed(write.stored.document), LastObservedAt, UpdatedAt };
  }
}

/** A finding whose resource is as it should be by now, or is gone. */
const passed = (document: AsffFinding): AsffFinding => ({
  ...document,
  RecordState: 'ARCHIVED',
  Compliance: {
    ...document.Compliance,
    Status: 'PASSED',
    StatusReasons: [
      { ReasonCode: 'CHECK_PASSED', Description: 'The check no longer finds this: it was mended, or the resource is gone.' },
    ],
  },
});
