import type { Account } from '../iam/account.ts';
import { mayAllowAny } from '../iam/action-prefilter.ts';
import type { Counts } from '../iam/authorization-result.ts';
import type { Principal } from '../iam/principal.ts';
import { DerivedTable } from '../model/derived-values.ts';
import { writesGroupPolicies } from './identity-changes/gains.ts';
import type { IdentityChange } from './identity-changes/identity-change.ts';
import { changeActionSet, changesOn } from './self-escalation.ts';

/** The changes that a principal can make to an identity, each as it is then, those by which permissions may be lost apart. */
interface PossibleChanges {
  readonly safe: readonly IdentityChange[];
  readonly losing: readonly IdentityChange[];
}

/** The changes that an actor can make to an identity, each as it is then; `team`: all identities that take part. */
export type ChangeSearch = (actor: Principal, on: Principal, team: readonly Principal[]) => PossibleChanges;

const none: PossibleChanges = { safe: [], losing: [] };

/** Finds the changes that an actor can make. A search comes to the same two identities again and again, and asks once. */
export function createChangeSearch(account: Account, counts: Counts): ChangeSearch {
  const createTable = () => new DerivedTable<Principal, DerivedTable<Principal, PossibleChanges>>();
  const known = { withGroups: createTable(), withoutGroups: createTable() };
  return (actor, on, team) => {
    if (!mayAllowAny(actor, changeActionSet)) return none;
    const fillsGroups = team.some(writesGroupPolicies);
    return known[fillsGroups ? 'withGroups' : 'withoutGroups']
      .getOrCreate(actor, () => new DerivedTable())
      .getOrCreate(on, () => {
        const possible = changesOn(account, actor, on, fillsGroups).filter(({ answer }) => counts(answer(actor, on)));
        return { safe: possible.filter(({ mayLose }) => !mayLose), losing: possible.filter(({ mayLose }) => mayLose) };
      });
  };
}
