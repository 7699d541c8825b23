import type { Analysis } from '../escalation/analyze.ts';
import type { Account } from '../iam/account.ts';
import { isProtected } from '../iam/principal.ts';
import type { ContainedPrincipal, Containment, ContainmentStep } from '../model/containment.ts';
import { type Instant, toIso } from '../model/instant.ts';
import { type ReachedPrincipal, holderReach } from './holder-reach.ts';
import { whatRemains } from './remains.ts';
import { whatToReview } from './review.ts';
import { REVOCATION_LEAD, sessionRevocation } from './session-revocation.ts';
import { userCredentials } from './user-credentials.ts';

/** Whose credential was stolen. */
export interface StolenCredential {
  /** The ARN of the user or role. */
  readonly principal: string;
  readonly accessKeyId?: string;
  /** Since when it may be stolen; absent: since it exists. */
  readonly since?: Instant;
}

/**
 * How to end what the holder of a stolen credential reaches. Undefined if no account has the principal. `now` is when the commands are
 * printed: they hold for the sessions that are issued until a while later.
 */
export function containmentOf(
  analyses: readonly Analysis[],
  { principal, accessKeyId, since: given }: StolenCredential,
  now: Instant,
): Containment | undefined {
  const reach = holderReach(analyses, principal);
  const { principals } = reach;
  const [start] = principals;
  const accounts = new Map(analyses.map(({ account }) => [account.accountId, account]));
  const home = accounts.get(start?.account ?? '');
  if (start === undefined || home === undefined) return undefined;
  const since = given ?? existsSince(home, start, accessKeyId);
  const before = now + REVOCATION_LEAD;
  const order = [...new Set(principals.map(({ account }) => account))];
  const steps = principals
    .flatMap((reached): readonly ContainmentStep[] => {
      const account = accounts.get(reached.account);
      return account === undefined ? [] : stepsFor(account, reached, { since, before });
    })
    .toSorted((a, b) => order.indexOf(a.account) - order.indexOf(b.account));
  const known = { accounts, reach, since, now, ...(accessKeyId === undefined ? {} : { accessKeyId }) };
  return {
    ...{ principal, account: home.accountId, ...(accessKeyId === undefined ? {} : { accessKeyId }) },
    ...{ since: toIso(since), sessionsBefore: toIso(before) },
    reach: principals.map(containedPrincipal),
    steps,
    review: whatToReview(known),
    remains: whatRemains(known),
  };
}

const containedPrincipal = ({ account, principal: { arn }, certain, via }: ReachedPrincipal): ContainedPrincipal => ({
  arn,
  account,
  certain,
  ...(via && { via: { from: via.from, rule: via.rule, title: via.title } }),
});

/** When the credential was created: it can have been stolen at any time since. */
function existsSince(account: Account, { principal: { kind, identity } }: ReachedPrincipal, accessKeyId?: string): Instant {
  const credentials = kind === 'user' ? userCredentials(account, identity.name) : [];
  const named = credentials.filter(({ keyId }) => keyId !== undefined && keyId === accessKeyId);
  const dates = (named.length > 0 ? named : credentials).map(({ createdAt }) => createdAt ?? 0);
  return dates.length > 0 ? Math.min(...dates) : (identity.createdAt ?? 0);
}

/**
 * The credentials of the user, then its sessions. Of a user that is not its own, the holder has only the credentials that were created or
 * changed since: it does not know the others.
 */
function stepsFor(
  account: Account,
  { principal, certain, via }: ReachedPrincipal,
  { since, before }: { readonly since: Instant; readonly before: Instant },
): readonly ContainmentStep[] {
  if (isProtected(principal)) return [];
  const { kind, identity, arn } = principal;
  const credentials = kind === 'user' ? userCredentials(account, identity.name) : [];
  const its = credentials.filter(({ createdAt }) => via === undefined || createdAt === undefined || createdAt >= since);
  const sessions = { ends: `sessions of ${kind} ${identity.name}`, command: sessionRevocation(principal, before) };
  return [...its, sessions].map(({ ends, command }) => ({
    account: account.accountId,
    principal: arn,
    ends,
    command,
    certain,
  }));
}
