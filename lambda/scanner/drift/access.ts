import { describeUserAdminLevel, isAdminOnceSignedIn } from '../check-support/credentials/sign-in.ts';
import { pathEvidence, pathInWords } from '../check-support/principals/principals.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';
import type { Role, User } from '../facts/identity.ts';
import { parseArn } from '../model/arn.ts';
import type { Change } from '../model/change.ts';
import { ifCollected } from '../model/observed.ts';
import { type PrincipalVerdict, type Verdict, verdictInPlace } from '../model/verdict.ts';
import { type Comparison, type Pair, cannotCompare, factsOfBoth, onlyChanges, otherAccountsOf, verdictIn } from './pair.ts';
import { isSurelyNew, principalLabel, principalResource } from './identity-pairs.ts';

const PART = 'access';
const ranks: Readonly<Record<Verdict, number>> = {
  none: 0,
  conditional: 1,
  'can-grant-admin': 2,
  'can-become-admin': 3,
  admin: 4,
};

/** How much admin access a principal has, at home and in other accounts. */
interface AdminAccess {
  readonly verdict: PrincipalVerdict | undefined;
  readonly rank: number;
  readonly others: readonly string[];
}

/** Principals whose verdict or reach rose or fell, the statements that did it among the evidence. */
export function compareAccess(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, ['identities']);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const [before, after] = [facts.before.identities, facts.after.identities];
  const earlier = new Map([...before.users, ...before.roles].map((identity) => [identity.id, identity]));
  return onlyChanges(
    [...after.users, ...after.roles].flatMap((identity): readonly Change[] => {
      const was = earlier.get(identity.id);
      if (was === undefined && !isSurelyNew(before, pair.before.snapshot.takenAt, identity)) return [];
      return changeOf(pair, identity, was);
    }),
  );
}

function changeOf(pair: Pair, identity: User | Role, was: User | Role | undefined): readonly Change[] {
  const old = was === undefined ? nothing : accessIn(pair.before, was.arn);
  const current = accessIn(pair.after, identity.arn);
  const gained = gainedAccounts(pair, identity.arn, old.others);
  const lost = old.others.filter((account) => !current.others.includes(account));
  const isUp = current.rank > old.rank || gained.length > 0;
  const isDown = !isUp && (current.rank < old.rank || lost.length > 0);
  // A new principal without any admin access is told as a new identity.
  const { verdict } = current;
  if ((!isUp && !isDown) || verdict === undefined) return [];
  const isHigher = current.rank > old.rank;
  return [
    isUp
      ? rise(pair, identity, { old, verdict, isHigher, gained, isNew: was === undefined })
      : fall(pair, identity, old, verdict),
  ];
}

/** More paths than these are not looked at. */
const MOST_PATHS = 50;

/** The accounts that the principal did not reach then, by a path whose accounts were all analyzed. */
function gainedAccounts({ after, isAnalyzedBefore }: Pair, arn: string, before: readonly string[]): readonly string[] {
  const reach = ifCollected(after.crossAccountReach)?.get(arn);
  const accounts = new Set(otherAccountsOf(after, arn).filter((account) => !before.includes(account)));
  if (reach === undefined || accounts.size === 0) return [];
  const isKnown = (step: string): boolean => isAnalyzedBefore(parseArn(step)?.accountId ?? after.snapshot.accountId);
  const paths = new Map(reach.paths(MOST_PATHS).map(({ account, path }) => [account, path]));
  // Where accounts are scanned separately, only the first paths are known.
  return [...accounts].filter(
    (account) => isAnalyzedBefore(account) && (paths.get(account) ?? []).every(({ to }) => isKnown(to)),
  );
}

const nothing: AdminAccess = { verdict: undefined, rank: 0, others: [] };

function accessIn(side: Pair['after'], arn: string): AdminAccess {
  const verdict = verdictIn(side, arn);
  return { verdict, rank: rankOf(verdict), others: otherAccountsOf(side, arn) };
}

/** With MFA as the only condition it is more than under others. Without any condition it is more than from some addresses. */
function rankOf(verdict: PrincipalVerdict | undefined): number {
  if (verdict === undefined) return 0;
  const inPlace = verdictInPlace(verdict);
  if (inPlace === 'conditional') return ranks.conditional + (isAdminOnceSignedIn(verdict) ? 0.5 : 0);
  return ranks[inPlace] - (verdict.verdict === 'conditional' ? 0.25 : 0);
}

interface Rise {
  readonly old: AdminAccess;
  readonly verdict: PrincipalVerdict;
  /** Whether it has more admin access at home than before. */
  readonly isHigher: boolean;
  readonly gained: readonly string[];
  readonly isNew: boolean;
}

function rise(pair: Pair, identity: User | Role, { old, verdict, isHigher, gained, isNew }: Rise): Change {
  const isAdminNow = isHigher && isAdminOnceSignedIn(verdict);
  const what = isAdminNow
    ? `${isNew ? 'is new and' : 'now'} ${describeUserAdminLevel(verdict)}`
    : gained.length > 0
      ? `${isNew ? 'is new and' : 'now'} reaches administrator access in ${gained.length === 1 ? 'another account' : `${gained.length} other accounts`}`
      : 'may now get administrator access, if conditions hold';
  return {
    account: pair.after.snapshot.accountId,
    kind: 'access-gained',
    effect: 'worse',
    severity: !isAdminNow && gained.length === 0 ? 'INFORMATIONAL' : verdict.platform ? 'LOW' : 'HIGH',
    resource: principalResource(identity),
    headline: `${principalLabel(identity)} ${what}`,
    message: [wasInWords(old, isNew), pathSentence(verdict), othersSentence(gained)]
      .filter((sentence) => sentence !== '')
      .join(' '),
    evidence: {
      ...{ before: verdictThen(old), after: verdict.verdict },
      ...(gained.length > 0 ? { accounts: gained } : {}),
      ...pathEvidence(verdict),
    },
  };
}

/** A principal that was not there had no access. */
const verdictThen = ({ verdict }: AdminAccess): Verdict => verdict?.verdict ?? 'none';

const wasInWords = (old: AdminAccess, isNew: boolean): string => (isNew ? '' : `Before: ${verdictThen(old)}.`);

function pathSentence(verdict: PrincipalVerdict): string {
  const path = pathInWords(verdict);
  return path === '' ? '' : `Path: ${path}.`;
}

const othersSentence = (accounts: readonly string[]): string =>
  accounts.length === 0 ? '' : `Other accounts: ${summarizeList(accounts)}.`;

const fall = (pair: Pair, identity: User | Role, old: AdminAccess, { verdict }: PrincipalVerdict): Change => ({
  account: pair.after.snapshot.accountId,
  kind: 'access-lost',
  effect: 'better',
  severity: 'INFORMATIONAL',
  resource: principalResource(identity),
  headline: `${principalLabel(identity)} has less administrator access`,
  message: `Before: ${verdictThen(old)}. Now: ${verdict}.`,
  evidence: { before: verdictThen(old), after: verdict },
});
