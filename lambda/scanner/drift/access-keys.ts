import { type SeenKey, isSeen, keyFacts, keysOf } from '../check-support/credentials/access-keys.ts';
import { abilitiesOf } from '../check-support/credentials/abilities-of.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';
import { joinList, formatDay } from '../check-support/wording/wording.ts';
import type { User } from '../facts/identity.ts';
import { type Change, type Incomparable, isOfAdminOrBreakGlass } from '../model/change.ts';
import { toIso } from '../model/instant.ts';
import { ifCollected } from '../model/observed.ts';
import type { Severity } from '../model/severity.ts';
import { isSurelyNew, pairBy } from './identity-pairs.ts';
import {
  type Comparison,
  type Pair,
  cannotCompare,
  factsOfBoth,
  isPowerful,
  otherAccountsOf,
  standingOf,
  together,
} from './pair.ts';

const PART = 'access-keys';

/** Access keys that came, went, or were switched on or off. */
export function compareAccessKeys(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, keyFacts);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const before = new Map(facts.before.identities.users.map((user) => [user.id, user]));
  return together(
    facts.after.identities.users.map((user) => {
      const was = before.get(user.id);
      if (was === undefined && !isSurelyNew(facts.before.identities, pair.before.snapshot.takenAt, user)) return together([]);
      const earlier = was === undefined ? [] : keysOf(was, facts.before);
      return keysOfUser(pair, user, earlier, keysOf(user, facts.after));
    }),
  );
}

type Keys = ReturnType<typeof keysOf>;

function keysOfUser(pair: Pair, user: User, before: Keys, after: Keys): Comparison {
  const seenBefore = before.filter(isSeen);
  const seenAfter = after.filter(isSeen);
  const unseen = [...before, ...after].find((key) => !isSeen(key));
  if (unseen !== undefined) return { changes: [], incomparable: [gap(unseen.resource, unseen.unseen)] };
  if (!haveIds(seenBefore) || !haveIds(seenAfter)) return byNumber(pair, user, seenBefore, seenAfter);
  const keys = pairBy(seenBefore, seenAfter, ({ resource }) => resource.name);
  const wentOff = keys.both.filter((key) => key.before.active && !key.after.active);
  const added = keys.added.filter(({ active }) => active);
  const gone = [...keys.removed.filter(({ active }) => active), ...wentOff.map((key) => key.after)];
  return {
    changes: [
      ...added.map((key, index) => addition(pair, key, gone[index])),
      ...keys.both.filter((key) => !key.before.active && key.after.active).map((key) => reactivation(pair, key.after)),
      ...wentOff.map((key) => ended(pair, key.after, 'access-key-deactivated', 'was deactivated')),
      ...keys.removed.map((key) => ended(pair, key, 'access-key-removed', 'was deleted')),
    ],
    incomparable: [],
  };
}

/** The credential report numbers keys, and numbers are reused. */
const haveIds = (keys: readonly SeenKey[]): boolean => keys.every(({ createdAt }) => createdAt !== undefined);

/** Keys of which only numbers are known: a key with an ID that is younger than the earlier snapshot is new all the same. */
function byNumber(pair: Pair, user: User, before: readonly SeenKey[], after: readonly SeenKey[]): Comparison {
  const { takenAt } = pair.before.snapshot;
  const young = after.filter(({ active, createdAt = takenAt }) => active && createdAt > takenAt);
  const activeOf = (keys: readonly SeenKey[]) => keys.filter(({ active }) => active).length;
  const isSettled = haveIds(after) || activeOf(before) === activeOf(after);
  return {
    changes: young.map((key) => addition(pair, key, undefined)),
    incomparable: isSettled
      ? []
      : [
          gap(
            { type: 'AwsIamUser', arn: user.arn, name: user.name, id: user.id },
            'the credential report does not show the IDs of its access keys',
          ),
        ],
  };
}

const gap = (resource: Incomparable['resource'] & object, reason: string): Incomparable => ({ part: PART, resource, reason });

function addition(pair: Pair, key: SeenKey, gone: SeenKey | undefined): Change {
  const { account, can, others } = holderOf(pair, key);
  const standing = standingOf(pair, key.user);
  const { isAdmin } = standing;
  const common = { account, effect: 'worse', resource: key.resource, principalArn: key.principalArn, ...standing } as const;
  const evidence = {
    user: key.user.arn,
    isAdmin,
    can,
    ...(others.length > 0 ? { accounts: others } : {}),
    ...(key.createdAt === undefined ? {} : { createdAt: toIso(key.createdAt) }),
    ...(gone === undefined ? {} : { replaces: gone.resource.name }),
  };
  if (gone !== undefined)
    return {
      ...{ ...common, kind: 'access-key-replaced', evidence, message: holderSentence(isAdmin, can, others) },
      severity: isOfAdminOrBreakGlass(standing) ? 'HIGH' : 'MEDIUM',
      headline: `${key.label} replaces ${gone.resource.name}`,
    };
  return {
    ...{ ...common, kind: 'access-key-added', evidence, message: holderSentence(isAdmin, can, others) },
    severity: severityOf(pair, key, isOfAdminOrBreakGlass(standing), can.length),
    headline: `${key.label} is new`,
  };
}

/** A key on a user that is not new is what attackers leave behind, whatever the user may do today. */
function severityOf(pair: Pair, { user }: SeenKey, isGrave: boolean, abilities: number): Severity {
  if (isGrave) return 'HIGH';
  const isNewUser = user.createdAt !== undefined && user.createdAt > pair.before.snapshot.takenAt;
  return isNewUser && abilities === 0 ? 'LOW' : 'MEDIUM';
}

/** What the holder of the key can do. */
function holderOf({ after }: Pair, { principalArn }: SeenKey) {
  const { account, snapshot } = after;
  const principal = ifCollected(account)?.principalsByArn.get(principalArn);
  return {
    account: snapshot.accountId,
    others: otherAccountsOf(after, principalArn),
    can: principal === undefined ? [] : abilitiesOf(principal),
  };
}

function holderSentence(isAdmin: boolean, can: readonly string[], others: readonly string[]): string {
  const where = others.length === 0 ? '' : `, also in ${others.length === 1 ? 'account' : 'accounts'} ${summarizeList(others)}`;
  if (isAdmin) return `Its user is, or can become, administrator${where}.`;
  return can.length > 0 ? `Its holder can ${joinList(can)}.` : '';
}

const reactivation = (pair: Pair, key: SeenKey): Change => ({
  ...{ account: pair.after.snapshot.accountId, kind: 'access-key-reactivated', effect: 'worse' },
  severity: isPowerful(pair.after, key.principalArn) ? 'CRITICAL' : 'HIGH',
  ...{ resource: key.resource, principalArn: key.principalArn },
  headline: `${key.label} was inactive on ${formatDay(pair.before.snapshot.takenAt)} and is active again`,
  message: '',
  evidence: { user: key.user.arn },
});

const ended = (pair: Pair, key: SeenKey, kind: Change['kind'], what: string): Change => ({
  ...{ account: pair.after.snapshot.accountId, kind, effect: 'better', severity: 'INFORMATIONAL' },
  ...{ resource: key.resource, principalArn: key.principalArn },
  ...{ headline: `${key.label} ${what}`, message: '', evidence: { user: key.user.arn } },
});
