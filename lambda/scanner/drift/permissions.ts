import { summarizeList } from '../check-support/wording/summarize-list.ts';
import type { Role, User } from '../facts/identity.ts';
import type { Account } from '../iam/account.ts';
import type { Principal } from '../iam/principal.ts';
import type { Change } from '../model/change.ts';
import { compareLevels } from '../policy/queries/allows-more.ts';
import { compareBoundary } from './boundaries.ts';
import { type ChangedSources, changedSources, differencesOf, isTouched } from './permission-sources.ts';
import { type InBoth, principalLabel, principalResource, principalsInBoth } from './identity-pairs.ts';
import { type Comparison, type Pair, cannotCompare, factsOfBoth, together } from './pair.ts';
import { actionsOf } from './permissions-in-words.ts';

const PART = 'permissions';

/** Users and roles whose own policies, groups or permissions boundary changed, and whether they may do more now. */
export function comparePermissions(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, ['identities']);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const [was, is] = [pair.before.account, pair.after.account];
  if (was.status === 'unavailable' || is.status === 'unavailable') return cannotCompare(PART, 'the account was not analyzed');
  const [before, after] = [facts.before.identities, facts.after.identities];
  const sources = changedSources(before, after);
  return together(
    principalsInBoth(before, after)
      .filter((both) => isTouched(both, sources))
      .map((both) => compareOne(pair, both, { sources, accounts: [was.value, is.value] })),
  );
}

interface Setting {
  readonly sources: ChangedSources;
  readonly accounts: readonly [before: Account, after: Account];
}

function compareOne(pair: Pair, both: InBoth<User | Role>, { sources, accounts }: Setting): Comparison {
  const was = accounts[0].principalsByArn.get(both.before.arn);
  const is = accounts[1].principalsByArn.get(both.after.arn);
  if (was === undefined || is === undefined) return { changes: [], incomparable: [] };
  const unread = [...was.unreadable, ...is.unreadable];
  if (unread.length > 0)
    return {
      changes: [],
      incomparable: [
        {
          part: PART,
          resource: principalResource(both.after),
          reason: `${summarizeList(unread)} could not be read in both snapshots`,
        },
      ],
    };
  return together([
    { changes: ownPermissions(pair, both, [was, is], sources), incomparable: [] },
    compareBoundary(pair, both, was, is),
  ]);
}

/** What the policies of the principal, and those of its groups, allow more or less than before. */
function ownPermissions(
  pair: Pair,
  both: InBoth<User | Role>,
  [was, is]: readonly [Principal, Principal],
  sources: ChangedSources,
): readonly Change[] {
  const { gained, lost, isUnclear } = compareLevels([was.policies], [is.policies]);
  const what = differencesOf(both, sources);
  const identity = both.after;
  const common = {
    account: pair.after.snapshot.accountId,
    resource: principalResource(identity),
    message: what.length === 0 ? '' : `Since then: ${summarizeList(what)}.`,
    evidence: { what, gained: actionsOf(gained), lost: actionsOf(lost) },
  };
  const dropped = gained.filter(({ wasDenied }) => wasDenied);
  if (dropped.length > 0)
    return [
      {
        ...{ ...common, kind: 'denial-dropped', effect: 'worse', severity: 'HIGH' },
        headline: `${principalLabel(identity)} is no longer denied what a Deny statement denied it`,
        message: `It may now do what was denied: ${summarizeList(actionsOf(dropped))}. ${common.message}`.trim(),
      },
    ];
  if (gained.length > 0)
    return [
      {
        ...{ ...common, kind: 'permissions-gained', effect: 'worse', severity: 'LOW' },
        headline: `${principalLabel(identity)} has more permissions than before`,
      },
    ];
  if (lost.length > 0 || isUnclear)
    return [
      {
        ...common,
        ...(isUnclear ? unclear : fewer),
        severity: 'INFORMATIONAL',
        headline: `${principalLabel(identity)} has ${isUnclear ? 'other' : 'fewer'} permissions than before`,
      },
    ];
  return [];
}

const unclear = { kind: 'permissions-changed', effect: 'neutral' } as const;
const fewer = { kind: 'permissions-lost', effect: 'better' } as const;
