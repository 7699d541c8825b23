import type { Import } from '../evaluate/reconcile.ts';
import type { Prepared } from './documents.ts';
import type { DeliveryPlan } from './plan.ts';
import type { StoredFinding } from './stored-findings.ts';

/** What would be done to one finding. */
export interface PlannedWrite {
  readonly does: 'create' | 'update' | 'archive' | 'refresh' | 'suppress' | 'return';
  readonly id: string;
  readonly checkId: string;
  /** As Security Hub has, or will have it. */
  readonly severity: string;
  /** What the finding is about: an ARN, or the id of a key or an account as Security Hub has it. */
  readonly resource: string;
}

const verbs = {
  new: 'create',
  changed: 'update',
  fixed: 'archive',
  refreshed: 'refresh',
  kept: 'refresh',
} as const satisfies Record<Import['why'], PlannedWrite['does']>;

/** Everything that carrying out the plan would write, in that order: one item for each finding and each kind of write. */
export function plannedWrites({ import: writes, suppress }: Pick<DeliveryPlan, 'import' | 'suppress'>): readonly PlannedWrite[] {
  const imports = writes.map((write): PlannedWrite => ({ does: verbs[write.why], ...subjectOf(write) }));
  const byId = new Map(imports.map((write) => [write.id, write]));
  const updates = suppress.flatMap(({ id, to, stored }): readonly PlannedWrite[] => {
    const subject = stored ? subjectOf({ stored }) : byId.get(id);
    return subject ? [{ ...subject, does: to === 'NEW' ? 'return' : 'suppress' }] : [];
  });
  return [...imports, ...updates];
}

type Contents = Partial<Record<'wanted', Prepared> & Record<'stored', StoredFinding>>;

/** What is to be written of a finding if there is anything new to write, and what is stored otherwise. */
function subjectOf({ wanted, stored }: Contents): Omit<PlannedWrite, 'does'> {
  const content = wanted?.content ?? stored?.document;
  return {
    id: content?.Id ?? '',
    checkId: content?.GeneratorId ?? '',
    severity: content?.FindingProviderFields.Severity?.Label ?? '',
    resource: content?.Resources[0]?.Id ?? '',
  };
}
