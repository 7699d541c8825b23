import type { Snapshot } from '../facts/snapshot.ts';
import { rootArn } from '../model/arn.ts';

/** A user, role, group or policy of a scanned account, or its root user. */
export interface FoundIdentity {
  readonly kind: 'user' | 'role' | 'group' | 'policy' | 'root';
  readonly name: string;
  readonly arn: string;
  readonly account: string;
}

/** Everything in the scanned accounts that has a name in IAM. An AWS managed policy is there once for each account. */
export const identitiesIn = (snapshots: readonly Snapshot[]): readonly FoundIdentity[] =>
  snapshots.flatMap(({ accountId: account, partition, facts: { identities } }) => {
    const root: FoundIdentity = { kind: 'root', name: 'root', arn: rootArn(partition, account), account };
    if (identities.status === 'unavailable') return [root];
    const { users, roles, groups, policies } = identities.value;
    const of = (kind: FoundIdentity['kind'], found: readonly { readonly name: string; readonly arn: string }[]) =>
      found.map(({ name, arn }): FoundIdentity => ({ kind, name, arn, account }));
    return [root, ...of('user', users), ...of('role', roles), ...of('group', groups), ...of('policy', policies)];
  });

/** Those that a text means: by the whole ARN, else by the whole name, else by a part of the ARN in any case. */
export function identitiesMeant(text: string, among: readonly FoundIdentity[]): readonly FoundIdentity[] {
  const part = text.toLowerCase();
  const ways: readonly ((one: FoundIdentity) => boolean)[] = [
    ({ arn }) => arn === text,
    ({ name }) => name === text,
    ({ arn }) => arn.toLowerCase().includes(part),
  ];
  for (const isMeant of ways) {
    const found = among.filter(isMeant);
    if (found.length > 0) return found;
  }
  return [];
}
