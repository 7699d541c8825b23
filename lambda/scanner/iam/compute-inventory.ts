import type { ComputeKind, Inventory } from '../facts/compute.ts';
import type { Observed } from '../model/observed.ts';

/** The compute that runs with each role, as far as an inventory tells. */
export interface ComputeInventory {
  /** The ARNs of compute of a kind that runs with the role. */
  readonly of: (kind: ComputeKind, roleArn: string) => readonly string[];
  /** The ARNs of all compute of a kind, whether it runs with a role or not. */
  readonly all: (kind: ComputeKind) => readonly string[];
  /** Where the code of compute is, if that is known. */
  readonly codeOf: (arn: string) => string | undefined;
  /** Whether the inventory of the kind is complete. Otherwise finding none proves nothing. */
  readonly isComplete: (kind: ComputeKind) => boolean;
  /** Why there may be more, where the kind was inventoried; undefined where it was not. */
  readonly reason: (kind: ComputeKind) => string | undefined;
}

/** Indexes an inventory by kind and role. Without an inventory no kind is complete. */
export function indexComputeInventory(fact: Observed<Inventory>): ComputeInventory {
  const { items, kinds, unseen } = fact.status === 'collected' ? fact.value : { items: [], kinds: [], unseen: [] };
  const index = new Map<string, string[]>();
  for (const { kind, arn, roleArn } of items)
    for (const key of roleArn === undefined ? [kind] : [kind, `${kind} ${roleArn}`]) {
      const arns = index.get(key);
      if (arns) arns.push(arn);
      else index.set(key, [arn]);
    }
  const codes = new Map(items.map(({ arn, code }) => [arn, code]));
  const complete = new Set(kinds);
  return {
    of: (kind, roleArn) => index.get(`${kind} ${roleArn}`) ?? [],
    all: (kind) => index.get(kind) ?? [],
    codeOf: (arn) => codes.get(arn),
    isComplete: (kind) => complete.has(kind),
    reason: (kind) => {
      const hidden = unseen.filter((entry) => entry.kind === kind);
      const [first] = hidden;
      return first && `${first.reason} in ${hidden.map(({ region }) => region).join(', ')}`;
    },
  };
}
