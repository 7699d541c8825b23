import { withAwsManagedPolicies } from '../facts/aws-managed-policies.ts';
import type { Identities, ManagedPolicy } from '../facts/identity.ts';
import { shareDocuments } from '../facts/share-documents.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import type { Incomparable } from '../model/change.ts';
import { collected } from '../model/observed.ts';
import { withAccessKeys } from './access-keys.ts';
import { declare, remove } from './declarations.ts';
import { holderIn } from './holders.ts';
import type { Declaration, Holder, PlannedChange, Unresolved } from './planned-change.ts';

/** A snapshot as it will be, and what of it is not known. */
export interface LaidOver {
  readonly snapshot: Snapshot;
  readonly notCompared: readonly Incomparable[];
}

/**
 * The account after a planned change. What the change leaves open becomes a policy that could not be read: the analysis then says that
 * it cannot tell. `otherPolicies` are managed policies of other snapshots, for AWS managed policies that the account does not use yet.
 */
export function layOver(before: Snapshot, change: PlannedChange, otherPolicies: readonly ManagedPolicy[]): LaidOver {
  const { identities } = before.facts;
  if (identities.status === 'unavailable') return { snapshot: before, notCompared: change.unresolved.map(untold) };
  const place = { partition: before.partition, accountId: before.accountId, createdAt: before.takenAt + 1 };
  const removed = change.removed.reduce((all, one) => remove(all, one, place), identities.value);
  const declared = change.declared.toSorted(byOrder).reduce((all, one) => declare(all, one, place), removed);
  const missing = change.declared.flatMap((one) => missingHolder(one, declared));
  const unresolved = [...change.unresolved, ...missing];
  const after = complete(declared, otherPolicies);
  const facts = { ...before.facts, ...withAccessKeys(before.facts, change.declared, place), identities: collected(after) };
  return {
    snapshot: { ...before, facts },
    notCompared: [...unresolved.map((one) => told(one, after)), ...unknownPolicies(identities.value, after)],
  };
}

/** Holders first: the other declarations change them. */
const order: Readonly<Record<Declaration['kind'], number>> = {
  ...{ identity: 0, 'managed-policy': 1, 'inline-policy': 2, attachment: 2, membership: 2 },
  ...{ 'instance-profile': 2, 'access-key': 2, 'unread-policy': 2 },
};

const byOrder = (a: Declaration, b: Declaration): number => order[a.kind] - order[b.kind];

/** A policy for a user, group or role that is neither in the snapshot nor declared. */
function missingHolder(declaration: Declaration, identities: Identities): readonly Unresolved[] {
  return holdersOf(declaration).flatMap((holder) =>
    holderIn(identities, holder) === undefined
      ? { source: `${declaration.kind} of ${holder.kind} ${holder.name}`, reason: `${holder.kind} ${holder.name} does not exist` }
      : [],
  );
}

function holdersOf(declaration: Declaration): readonly Holder[] {
  if ('holder' in declaration) return [declaration.holder];
  if (declaration.kind === 'managed-policy') return [];
  if (declaration.kind === 'instance-profile') return [{ kind: 'role', name: declaration.role }];
  const user = { kind: 'user', name: declaration.user } as const;
  return declaration.kind === 'membership' ? [user, { kind: 'group', name: declaration.group }] : [user];
}

/** Adds the documents of the policies that are attached now and that another snapshot, or AWS's list, has. */
function complete(identities: Identities, otherPolicies: readonly ManagedPolicy[]): Identities {
  const known = new Set(identities.policies.map(({ arn }) => arn));
  const wanted = new Set(attachedIn(identities));
  const added = new Map(
    otherPolicies.flatMap((policy) => (known.has(policy.arn) || !wanted.has(policy.arn) ? [] : [[policy.arn, policy]])),
  );
  return shareDocuments(withAwsManagedPolicies({ ...identities, policies: [...identities.policies, ...added.values()] }));
}

const attachedIn = ({ users, groups, roles }: Identities): readonly string[] => [
  ...[...users, ...groups, ...roles].flatMap(({ attachedPolicies }) => attachedPolicies.map(({ arn }) => arn)),
  ...[...users, ...roles].flatMap(({ boundaryArn }) => boundaryArn ?? []),
];

/** The policies that are attached only now, and whose documents no snapshot has. */
function unknownPolicies(before: Identities, after: Identities): readonly Incomparable[] {
  const known = new Set(after.policies.map(({ arn }) => arn));
  const old = new Set(attachedIn(before));
  return [...new Set(attachedIn(after))]
    .filter((arn) => !known.has(arn) && !old.has(arn))
    .map((arn) => ({
      part: 'permissions',
      reason: `the document of ${arn} is not known: the snapshot does not have the policy`,
    }));
}

const untold = ({ source, reason }: Unresolved): Incomparable => ({ part: 'permissions', reason: `${source}: ${reason}` });

function told(unresolved: Unresolved, identities: Identities): Incomparable {
  const found = unresolved.holder && holderIn(identities, unresolved.holder);
  if (unresolved.holder === undefined || found === undefined) return untold(unresolved);
  const type = ({ user: 'AwsIamUser', group: 'AwsIamGroup', role: 'AwsIamRole' } as const)[unresolved.holder.kind];
  return { ...untold(unresolved), resource: { type, arn: found.arn, name: found.name, id: found.id } };
}
