import type { Import } from '../evaluate/reconcile.ts';
import type { Instant } from '../model/instant.ts';
import type { AsffContent, AsffFinding } from '../report/asff/finding.ts';
import type { StoredFinding } from './stored-findings.ts';

/** Where the content of what is written comes from. */
export interface Sources {
  /** What this scan says, by id. */
  readonly contents: ReadonlyMap<string, AsffContent>;
  /** What is stored, by id. */
  readonly stored: ReadonlyMap<string, StoredFinding>;
  /** When what this scan says was seen. */
  readonly observedAt: Instant;
}

/** Milliseconds included, as two updates can lie closer than a second. */
const iso = (instant: Instant) => new Date(instant).toISOString();

/**
 * The finding to send, whole, since an update replaces what is there. When it was created and first observed stays as stored.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-providers.html
 */
export function documentOf(write: Import, { contents, stored, observedAt }: Sources): AsffFinding {
  const UpdatedAt = iso(write.updatedAt);
  const before = stored.get(write.id)?.document;
  const observed = iso(observedAt);
  switch (write.why) {
    case 'new':
    case 'changed':
    case 'refreshed': {
      const { CreatedAt = UpdatedAt, FirstObservedAt = observed } = before ?? {};
      return { ...required(contents, write.id), CreatedAt, FirstObservedAt, LastObservedAt: observed, UpdatedAt };
    }
    case 'kept':
      return { ...required(stored, write.id).document, UpdatedAt };
    case 'fixed':
      return { ...passed(required(stored, write.id).document), LastObservedAt: observed, UpdatedAt };
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

function required<T>(map: ReadonlyMap<string, T>, id: string): T {
  const value = map.get(id);
  if (value === undefined) throw new Error(`nothing is known of the finding ${id} that is to be written`);
  return value;
}
