import type { CheckContext, Subject } from '../../check.ts';
import { accountSubject } from '../../model/account-subject.ts';
import type { Json } from '../../model/json.ts';
import { PATHS_TOLD, type PrincipalReach, type ReachPath } from '../../model/reach.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { type PrincipalSubject, pathEvidence, principals } from './principals.ts';

/** Somebody who is admin of several accounts: one principal, or every admin of the account. */
export interface FarReach extends Subject {
  /** What a sentence calls it: `User ann`, `Every admin of account 111122223333`. */
  readonly label: string;
  /** The ids of the accounts, its own among them where it is admin there. */
  readonly accounts: readonly string[];
  readonly paths: readonly ReachPath[];
  /** Those for whom it stands, by ARN; empty: for itself. */
  readonly members: readonly string[];
  readonly platform: boolean;
}

type Needed = Pick<Facts, 'identities' | 'access' | 'crossAccountReach'>;

/**
 * Those of the account who are surely admin of others. What every admin of the account can do is told once for all of them, and of a
 * principal only what it has of its own.
 */
export function farReaches(facts: Needed, context: Pick<CheckContext, 'accountId' | 'isBreakGlass'>): readonly FarReach[] {
  const reaching = principals(facts).flatMap((principal) => {
    const reach = facts.crossAccountReach?.get(principal.identity.arn);
    if (reach === undefined || foreign(reach.accounts, context).length === 0) return [];
    if (context.isBreakGlass(principal.identity)) return [];
    return [{ ...principal, reach, paths: reach.paths(PATHS_TOLD).filter(({ account }) => reach.accounts.includes(account)) }];
  });
  const own = reaching
    .filter((principal) => !isOfAll(principal))
    .map(({ identity, resource, label, verdict, reach, paths }): FarReach => ({
      ...{ resource, principalArn: identity.arn, label, accounts: reach.accounts, paths, members: [] },
      platform: verdict.platform,
    }));
  if (facts.crossAccountReach !== undefined && reaching.length === 0) return [nobody(context)];
  return [...own, ...ofEveryAdmin(reaching.filter(isOfAll), context)];
}

/** The account in which nobody is admin of another. */
const nobody = (context: Pick<CheckContext, 'accountId'>): FarReach => ({
  ...{ ...accountSubject(context), label: `Nobody of account ${context.accountId}` },
  ...{ accounts: [], paths: [], members: [], platform: false },
});

/** Who is admin of its account does what every admin can; so does whoever goes on only after it became one. */
const isOfAll = ({ verdict, paths }: Pick<PrincipalSubject, 'verdict'> & Pick<FarReach, 'paths'>): boolean =>
  verdict.verdict === 'admin' || paths.every(({ asAdmin }) => asAdmin);

interface Sharer {
  readonly identity: { readonly arn: string };
  readonly reach: PrincipalReach;
  readonly paths: readonly ReachPath[];
}

function ofEveryAdmin(sharers: readonly Sharer[], context: Pick<CheckContext, 'accountId'>): readonly FarReach[] {
  const [first] = [...sharers].sort((a, b) => b.reach.accounts.length - a.reach.accounts.length);
  if (first === undefined) return [];
  return [
    {
      ...accountSubject(context),
      label: `Every admin of account ${context.accountId}`,
      accounts: first.reach.accounts,
      paths: first.paths,
      members: sharers.map(({ identity }) => identity.arn),
      platform: false,
    },
  ];
}

/** The accounts of the list that are not one's own. */
export const foreign = (accounts: readonly string[], { accountId }: Pick<CheckContext, 'accountId'>): readonly string[] =>
  accounts.filter((account) => account !== accountId);

const LISTED = 50;

/** The accounts, and the first ways into them, as the evidence of a finding. */
export const reachEvidence = ({
  accounts,
  paths,
}: {
  readonly accounts: readonly string[];
  readonly paths: readonly ReachPath[];
}): Readonly<Record<string, Json>> => ({
  accounts: accounts.slice(0, LISTED),
  accountCount: accounts.length,
  paths: paths.map((way) => ({ account: way.account, ...pathEvidence(way) })),
});
