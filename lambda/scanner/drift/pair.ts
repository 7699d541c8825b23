import { isAdminOnceSignedIn } from '../check-support/credentials/sign-in.ts';
import type { RawFactName } from '../facts/index.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import type { Facts } from '../facts/snapshot.ts';
import type { User } from '../facts/identity.ts';
import type { Change, ChangePart, Incomparable } from '../model/change.ts';
import { toIso } from '../model/instant.ts';
import { type Observed, ifCollected } from '../model/observed.ts';
import type { PrincipalVerdict } from '../model/verdict.ts';
import type { AnalyzedAccount } from '../organization/analyze-accounts.ts';

/** One of the two nights: the account as it was, and as it was analyzed. */
export type Side = AnalyzedAccount;

/** The two nights to compare. */
export interface Pair {
  readonly before: Side;
  readonly after: Side;
  /** Whether the earlier snapshots have an account, so that access to it can be compared. */
  readonly isAnalyzedBefore: (account: string) => boolean;
  /** The two organizations, in the account that reports for it. */
  readonly organizations?: { readonly before: OrganizationSnapshot | undefined; readonly after: OrganizationSnapshot };
  readonly isBreakGlass: (identity: Pick<User, 'arn' | 'tags'>) => boolean;
}

/** What changed in one part of the account, and what of it cannot be compared. */
export interface Comparison {
  readonly changes: readonly Change[];
  readonly incomparable: readonly Incomparable[];
}

/** Compares one part of the account. */
export type Compare = (pair: Pair) => Comparison;

/** The part cannot be compared. */
export const cannotCompare = (part: ChangePart, reason: string): Comparison => ({
  changes: [],
  incomparable: [{ part, reason }],
});

/** Only these changes; everything could be compared. */
export const onlyChanges = (changes: readonly Change[]): Comparison => ({ changes, incomparable: [] });

/** All of these together. */
export const together = (comparisons: readonly Comparison[]): Comparison => ({
  changes: comparisons.flatMap(({ changes }) => changes),
  incomparable: comparisons.flatMap(({ incomparable }) => incomparable),
});

/** The facts of both nights, or why one of the nights does not have them all. */
export type FactsOfBoth<N extends RawFactName> =
  | { readonly status: 'collected'; readonly before: Pick<Facts, N>; readonly after: Pick<Facts, N> }
  | { readonly status: 'unavailable'; readonly reason: string };

/** These facts of both nights. */
export function factsOfBoth<N extends RawFactName>({ before, after }: Pair, names: readonly N[]): FactsOfBoth<N> {
  const missing = [
    ...names.flatMap((name) => reasonOf(before.snapshot.facts[name], (why) => `${earlier(before)} has no ${name}: ${why}`)),
    ...names.flatMap((name) => reasonOf(after.snapshot.facts[name], (why) => `${name}: ${why}`)),
  ];
  if (missing.length > 0) return { status: 'unavailable', reason: missing.join('; ') };
  return { status: 'collected', before: valuesOf(before, names), after: valuesOf(after, names) };
}

const earlier = ({ snapshot: { takenAt } }: Side): string => `the earlier snapshot of ${toIso(takenAt).slice(0, 10)}`;

const reasonOf = (fact: Observed<unknown>, text: (why: string) => string): readonly string[] =>
  fact.status === 'unavailable' ? [text(fact.reason)] : [];

function valuesOf<N extends RawFactName>({ snapshot: { facts } }: Side, names: readonly N[]): Pick<Facts, N> {
  const values = names.map((name) => [name, ifCollected<unknown>(facts[name])]);
  // The caller found all of them collected.
  return Object.fromEntries(values) as Pick<Facts, N>;
}

/**
 * Why parts of the organization cannot be compared; empty where no night has them, so that nothing in them could have changed from one to
 * the other; undefined where both have all.
 */
export function reasonNotToCompare(
  before: readonly Observed<unknown>[],
  after: readonly Observed<unknown>[],
): string | undefined {
  const reasons = (parts: readonly Observed<unknown>[]) => parts.flatMap((part) => reasonOf(part, (why) => why));
  const [was, is] = [reasons(before), reasons(after)];
  if (was.length + is.length === 0) return undefined;
  const isNeverSeen = before.some((part, index) => part.status === 'unavailable' && after[index]?.status === 'unavailable');
  if (isNeverSeen) return '';
  return is[0] ?? `in the earlier snapshot: ${was[0] ?? ''}`;
}

/** The verdict of a principal in one night, as far as it is known. */
export const verdictIn = ({ access }: Side, arn: string): PrincipalVerdict | undefined => ifCollected(access)?.get(arn);

/** The other accounts in which a principal is, becomes or can grant admin. */
export const otherAccountsOf = ({ crossAccountReach, snapshot }: Side, arn: string): readonly string[] => {
  const reach = ifCollected(crossAccountReach)?.get(arn);
  return (reach?.accounts ?? []).filter((account) => account !== snapshot.accountId);
};

/** What makes a change of a user's credentials grave, as the change tells it. */
export const standingOf = (pair: Pair, user: User): { readonly isAdmin: boolean; readonly isBreakGlass?: true } => ({
  isAdmin: isPowerful(pair.after, user.arn),
  ...(pair.isBreakGlass(user) ? { isBreakGlass: true } : {}),
});

/** Whether the principal is admin-capable in its own account, if need be with MFA, or in another one. A new user can enroll any device. */
export function isPowerful(side: Side, arn: string): boolean {
  const verdict = verdictIn(side, arn);
  return (verdict !== undefined && isAdminOnceSignedIn(verdict)) || otherAccountsOf(side, arn).length > 0;
}
