import { type LastUse, lastUse } from '../check-support/credentials/last-use.ts';
import type { Role, User } from '../facts/identity.ts';
import type { Change } from '../model/change.ts';
import { toIso } from '../model/instant.ts';
import { type InBoth, pairIdentities, principalLabel, principalResource } from './identity-pairs.ts';
import { type Comparison, type Pair, cannotCompare, factsOfBoth, together } from './pair.ts';

const PART = 'break-glass';

/** Break-glass identities of the configuration that were used since the earlier snapshot. */
export function compareBreakGlass(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, ['identities', 'credentialReport']);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const [before, after] = [facts.before, facts.after];
  const listed = [
    pairIdentities<User | Role>(before.identities.users, after.identities.users),
    pairIdentities<User | Role>(before.identities.roles, after.identities.roles),
  ];
  const identities: readonly Partial<InBoth<User | Role>>[] = listed.flatMap(({ both, added }) => [
    ...both,
    ...added.map((identity) => ({ after: identity })),
  ]);
  return together(
    identities.map((both): Comparison => {
      const identity = both.after;
      if (identity === undefined || !pair.isBreakGlass(identity)) return { changes: [], incomparable: [] };
      const was: LastUse = both.before === undefined ? { never: true } : lastUse(both.before, before.credentialReport);
      return compareUse(pair, identity, was, lastUse(identity, after.credentialReport));
    }),
  );
}

function compareUse(pair: Pair, identity: User | Role, was: LastUse, is: LastUse): Comparison {
  if ('unseen' in is)
    return { changes: [], incomparable: [{ part: PART, resource: principalResource(identity), reason: is.unseen }] };
  if ('never' in is) return { changes: [], incomparable: [] };
  const known = 'at' in was ? was.at : 'never' in was ? -Infinity : pair.before.snapshot.takenAt;
  return { changes: is.at > known ? [changeOf(pair, identity, is.at)] : [], incomparable: [] };
}

const changeOf = (pair: Pair, identity: User | Role, at: number): Change => ({
  ...{ account: pair.after.snapshot.accountId, kind: 'break-glass-used', effect: 'worse', severity: 'HIGH' },
  resource: principalResource(identity),
  headline: `Break-glass ${principalLabel(identity)} was used`,
  message: `Its last use was at ${toIso(at)}.`,
  evidence: { lastUsed: toIso(at) },
});
