import { type CheckContext, type Judgement, fail, pass, unknown } from '../../check.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { Account } from '../../iam/account.ts';
import type { Principal } from '../../iam/principal.ts';
import { daysSince } from '../../model/instant.ts';
import { isAdminCapable } from '../../model/verdict.ts';
import type { SensitiveAction } from '../data/sensitive-actions.ts';
import { briefly } from '../policies/wildcard-exposure.ts';
import { otherAccounts } from '../organization/account-reach.ts';
import { unreadPolicies } from '../principals/unread-policies.ts';
import { usageCommands } from '../remediation/usage-report.ts';
import { deactivation } from '../remediation/key-commands.ts';
import { statementEvidence } from '../wording/statement-evidence.ts';
import { joinList } from '../wording/wording.ts';
import { type SeenKey, type UnseenKeys, activeKeys, isSeen, keyFacts } from './access-keys.ts';
import { type OnEveryResource, onEveryResource } from './on-every-resource.ts';

/** What a check of what a stolen key is good for needs. */
export const misuseFacts = [...keyFacts, 'access', 'crossAccountReach'] as const;

/** A key that was created less than so many days ago is worse: an attacker may have made it. */
export const misuseParams = { youngDays: 30 };

type MisuseFacts = Pick<Facts, (typeof misuseFacts)[number]>;

/** The active keys of users whose verdict is known. */
export const keysToJudge = (facts: MisuseFacts): readonly (SeenKey | UnseenKeys)[] =>
  activeKeys(facts).filter((key) => facts.access.has(key.principalArn));

/** What a key is good for, by a list of actions. */
export interface Misuse {
  /** Before the kinds of resources: `read all`. */
  readonly verb: string;
  /** Without them: `read data`. */
  readonly inShort: string;
  readonly actions: readonly SensitiveAction[];
}

interface FoundMisuse extends Misuse {
  readonly can: readonly OnEveryResource[];
}

/** Judges an active key of a user that is no administrator of any account. Keys of administrators are reported by other checks. */
export function judgeMisuse(
  key: SeenKey | UnseenKeys,
  { access, crossAccountReach }: MisuseFacts,
  context: CheckContext<typeof misuseParams>,
  misuses: readonly Misuse[],
): Judgement {
  const verdict = access.get(key.principalArn);
  const others = otherAccounts(crossAccountReach?.get(key.principalArn)?.accounts ?? [], context);
  if (verdict === undefined || isAdminCapable(verdict) || others.length > 0) return pass;
  const account = context.account();
  const user = account.principalsByArn.get(key.principalArn);
  if (user === undefined) return unknown('its policies are not in the snapshot');
  const found = misuses
    .map((misuse): FoundMisuse => ({ ...misuse, can: onEveryResource(account, user, misuse.actions) }))
    .filter(({ can }) => can.length > 0);
  if (found.length === 0) {
    const unread = [...unreadPolicies(user), ...unreadRcps(account, user, misuses)];
    return unread.length > 0 ? unknown(`${unread.join(', ')} could not be read`) : pass;
  }
  if (!isSeen(key)) return unknown(key.unseen);
  const isYoung = key.createdAt !== undefined && daysSince(key.createdAt, context.now) < context.params.youngDays;
  const all = found.flatMap(({ can }) => can);
  const statements = new Map(all.flatMap((one) => one.statements).map((one) => [JSON.stringify(one), one]));
  return fail(`${key.label} can ${inHeadline(found)}`, {
    ...(isYoung ? { severity: 'HIGH' } : {}),
    message: [
      ...found.map(({ verb, can }) => `It can ${verb} ${kindsInWords(can)}.`),
      'No policy limits it to single resources, MFA or a network.',
      ...(isYoung ? [`The key is less than ${context.params.youngDays} days old.`] : []),
    ].join(' '),
    evidence: {
      actions: all.map(({ action, what, why }) => ({ action, what, why })),
      statements: statementEvidence([...statements.values()]),
    },
  });
}

/** The RCPs that could not be read, if without them the key would be good for one of these. */
function unreadRcps(account: Account, user: Principal, misuses: readonly Misuse[]): readonly string[] {
  const unread = account.rcpLimits.filter(({ policies }) => policies === 'unreadable');
  if (unread.length === 0) return [];
  const unlimited = { ...account, rcpLimits: account.rcpLimits.filter((limit) => !unread.includes(limit)) };
  const isMisused = misuses.some(({ actions }) => onEveryResource(unlimited, user, actions).length > 0);
  return isMisused ? unread.map(({ name }) => `the RCPs ${name}`) : [];
}

const kindsOf = (can: readonly OnEveryResource[]): readonly string[] => [...new Set(can.map(({ what }) => what))];

/** The kinds of resources have room in a headline where the key is good for one thing only. */
const inHeadline = (found: readonly FoundMisuse[]): string =>
  found.length === 1
    ? found.map(({ verb, can }) => `${verb} ${briefly(kindsOf(can))}`).join('')
    : joinList(found.map(({ inShort }) => inShort));

/** Each kind with its actions: `S3 objects (s3:GetObject), secrets (secretsmanager:GetSecretValue)`. */
const kindsInWords = (can: readonly OnEveryResource[]): string =>
  kindsOf(can)
    .map((kind) => `${kind} (${can.flatMap(({ what, action }) => (what === kind ? action : [])).join(', ')})`)
    .join(', ');

/** How to take from a key what its workload does not use. */
export const misuseRemedy = (key: SeenKey | UnseenKeys, narrower: string): string =>
  `Limit the policies of IAM user ${key.user.name} to ${narrower}. To see what it used: ${usageCommands(key.user.arn)}. Better give the workload an IAM role, and then deactivate the key: ${deactivation(key)}`;
