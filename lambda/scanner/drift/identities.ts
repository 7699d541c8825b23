import { isRole } from '../check-support/credentials/last-use.ts';
import { accountOfEntry } from '../check-support/trust/external-caller.ts';
import { describeUserAdminLevel } from '../check-support/credentials/sign-in.ts';
import { type Role, type User, isOwnRole } from '../facts/identity.ts';
import type { Change, Incomparable } from '../model/change.ts';
import { toIso } from '../model/instant.ts';
import type { Severity } from '../model/severity.ts';
import { parsePolicy } from '../policy/parse.ts';
import { isSurelyNew, pairIdentities, principalLabel, principalResource } from './identity-pairs.ts';
import { type Comparison, type Pair, cannotCompare, factsOfBoth, isPowerful, verdictIn } from './pair.ts';

const PART = 'identities';

/** Users and roles that were created or deleted. Who of them has administrator access is told with the access that was gained. */
export function compareIdentities(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, ['identities']);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const [before, after] = [facts.before.identities, facts.after.identities];
  const { takenAt } = pair.before.snapshot;
  const users = pairIdentities<User | Role>(before.users, after.users);
  const roles = pairIdentities<User | Role>(before.roles, after.roles);
  const added = [...users.added, ...roles.added];
  const isGone = (after.unread ?? []).length === 0;
  return {
    changes: [
      ...added.filter((identity) => isSurelyNew(before, takenAt, identity)).map((identity) => addition(pair, identity)),
      ...(isGone ? [...users.removed, ...roles.removed].map((identity) => removal(pair, identity)) : []),
    ],
    incomparable: [...unreadIn('the earlier snapshot has', before.unread), ...unreadIn('the snapshot has', after.unread)],
  };
}

const unreadIn = (start: string, unread: readonly string[] = []): readonly Incomparable[] =>
  unread.length === 0 ? [] : [{ part: PART, reason: `${start} elements that could not be read: ${unread.join(', ')}` }];

function addition(pair: Pair, identity: User | Role): Change {
  const verdict = verdictIn(pair.after, identity.arn);
  const level = verdict !== undefined && isPowerful(pair.after, identity.arn) ? describeUserAdminLevel(verdict) : undefined;
  return {
    account: pair.after.snapshot.accountId,
    kind: 'identity-added',
    effect: 'worse',
    severity: severityOf(pair, identity),
    resource: principalResource(identity),
    headline: `${principalLabel(identity)} is new`,
    message: level === undefined ? usersOf(identity) : `It ${level}.`,
    evidence: {
      arn: identity.arn,
      ...(identity.createdAt === undefined ? {} : { createdAt: toIso(identity.createdAt) }),
      ...(verdict === undefined ? {} : { verdict: verdict.verdict }),
    },
  };
}

const usersOf = (identity: User | Role): string =>
  isRole(identity) ? 'People or programs outside of AWS services can assume it.' : 'Credentials of IAM users are long-lived.';

/** A role for AWS services, or one that AWS manages, is only listed. One with administrator access is reported as such. */
function severityOf(pair: Pair, identity: User | Role): Severity {
  if (isPowerful(pair.after, identity.arn)) return 'INFORMATIONAL';
  if (!isRole(identity)) return 'LOW';
  return isOwnRole(identity) && isForOthers(identity) ? 'LOW' : 'INFORMATIONAL';
}

/** Whether the trust policy names a federated principal, or another AWS account. */
function isForOthers({ arn, trustPolicy }: Role): boolean {
  const trust = parsePolicy(trustPolicy);
  if (trust.kind === 'malformed') return true;
  const home = arn.split(':')[4];
  return trust.statements.some(
    ({ effect, principal }) =>
      effect === 'Allow' &&
      (principal === undefined ||
        principal.negated ||
        principal.entries.some(
          (entry) => entry.type === 'Federated' || (entry.type === 'AWS' && accountOfEntry(entry) !== home),
        )),
  );
}

const removal = (pair: Pair, identity: User | Role): Change => ({
  account: pair.after.snapshot.accountId,
  kind: 'identity-removed',
  effect: 'better',
  severity: 'INFORMATIONAL',
  resource: principalResource(identity),
  headline: `${principalLabel(identity)} was deleted`,
  message: '',
  evidence: { arn: identity.arn },
});
