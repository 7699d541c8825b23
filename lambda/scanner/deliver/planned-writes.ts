import type { Import } from '../evaluate/reconcile.ts';
import type { Prepared } from './documents.ts';
import type { DeliveryPlan } from './plan.ts';
import type { StoredFinding } from './stored-findings.ts';

/** A planned write to one finding. */
export interface PlannedWrite {
  readonly does: 'create' | 'update' | 'archive' | 'refresh' | 'suppress' | 'return';
  readonly id: string;
  readonly checkId: string;
  /** The severity that Security Hub has or will have. */
  readonly severity: string;
  /** The resource: an ARN, or the ID of an access key or an account in Security Hub's form. */
  readonly resource: string;
}

const verbs = {
  new: 'create',
  changed: 'update',
  fixed: 'archive',
  withdrawn: 'archive',
  refreshed: 'refresh',
  kept: 'refresh',
} as const satisfies Record<Import['why'], PlannedWrite['does']>;

/** All writes of the plan, in order: one item for each finding and each kind of write. */
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

/** The data of the finding: the new content if there is any, else the stored content. */
function subjectOf({ wanted, stored }: Contents): Omit<PlannedWrite, 'does'> {
  const content = wanted?.content ?? stored?.document;
  return {
    id: content?.Id ?? '',
    checkId: content?.GeneratorId ?? '',
    severity: content?.FindingProviderFields.Severity?.Label ?? '',
    resource: content?.Resources[0]?.Id ?? '',
  };
}
