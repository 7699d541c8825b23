import type { ComputeKind, Inventory } from '../facts/compute.ts';
import type { Observed } from '../model/observed.ts';

/** What carries which role, as far as an inventory tells. */
export interface Carriers {
  /** The ARNs of the things of a kind that were found to carry the role. */
  readonly of: (kind: ComputeKind, roleArn: string) => readonly string[];
  /** The ARNs of all things of a kind that were found, whatever role they carry. */
  readonly all: (kind: ComputeKind) => readonly string[];
  /** Whether these are all that there are. Where they are not, that nothing was found proves nothing. */
  readonly isComplete: (kind: ComputeKind) => boolean;
  /** Why there may be more, where the kind was looked for; undefined where it was not. */
  readonly reason: (kind: ComputeKind) => string | undefined;
}

/** Indexes an inventory by kind and role. Without one, nothing is known of any kind. */
export function indexCarriers(fact: Observed<Inventory>): Carriers {
  const { items, kinds, unseen } = fact.status === 'collected' ? fact.value : { items: [], kinds: [], unseen: [] };
  const index = new Map<string, string[]>();
  for (const { kind, arn, roleArn } of items)
    for (const key of [kind, `${kind} ${roleArn}`]) {
      const arns = index.get(key);
      if (arns) arns.push(arn);
      else index.set(key, [arn]);
    }
  const complete = new Set(kinds);
  return {
    of: (kind, roleArn) => index.get(`${kind} ${roleArn}`) ?? [],
    all: (kind) => index.get(kind) ?? [],
    isComplete: (kind) => complete.has(kind),
    reason: (kind) => {
      const hidden = unseen.filter((entry) => entry.kind === kind);
      const [first] = hidden;
      return first && `${first.reason} in ${hidden.map(({ region }) => region).join(', ')}`;
    },
  };
}
