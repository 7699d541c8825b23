import { type Analysis, principalVerdicts } from '../escalation/analyze.ts';
import { searchAdmins } from '../escalation/search.ts';
import { type Account, vocabulary } from '../iam/account.ts';
import { includesEveryAction, intersects } from '../iam/action-prefilter.ts';
import { type PermissionLimit, isServiceLinked } from '../iam/principal.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import type { PolicyInForce } from '../policy/decide.ts';
import { adminPathOf } from './admin-paths.ts';
import type { AdminPath, BlockedAdmin, BlockingLevel } from './edges.ts';

/** Which of the roles are, or become, admin of the account below these SCPs and RCPs alone, by ARN. */
type AdminsBelow = (limits: readonly PermissionLimit[]) => ReadonlyMap<string, AdminPath>;

/**
 * The roles that would be, or become, admin of the account if SCPs and RCPs did not block them, among those as which principals of other
 * accounts can act: no others are reached by who takes SCPs and RCPs off.
 */
export function blockedAdmins({ account, access }: Analysis, assumable: readonly string[]): readonly BlockedAdmin[] {
  const limits = [
    ...(account.principals.find((principal) => !isServiceLinked(principal))?.scpLimits ?? []),
    ...account.rcpLimits,
  ];
  const others = assumable.filter((arn) => {
    const verdict = access.get(arn);
    return verdict !== undefined && adminPathOf(verdict) === undefined;
  });
  if (others.length === 0 || !limits.some(mayBlock)) return [];
  const below = adminsBelow(account, new Set(others));
  return others.flatMap((arn) => (below([]).has(arn) ? (blockedAdmin(arn, limits, below) ?? []) : []));
}

/** What a member account may do to its organization makes no one admin of the account. */
const steps = vocabulary.select({ negated: true, patterns: ['organizations:*'] });

/** Prefilter: whether the limit denies any action of a technique, or leaves one out. */
const mayBlock = ({ policies }: PermissionLimit): boolean =>
  policies !== 'unreadable' &&
  (!policies.some(({ policy }) => includesEveryAction(policy.allows)) ||
    policies.some(({ policy }) =>
      policy.statements.some(({ source }) => source.effect === 'Deny' && intersects(vocabulary.select(source.action), steps)),
    ));

/** Each set of limits takes a search of its own; most roles are blocked by the same. */
function adminsBelow(account: Account, roles: ReadonlySet<string>): AdminsBelow {
  const known = new Map<string, ReadonlyMap<string, AdminPath>>();
  const search: AdminsBelow = (limits) => {
    const scpLimits = limits.filter(({ kind }) => kind === 'scp');
    const principals = account.principals.map((principal) =>
      isServiceLinked(principal) ? principal : { ...principal, scpLimits },
    );
    const principalsByArn = new Map(principals.map((principal) => [principal.arn, principal]));
    const rcpLimits = limits.filter(({ kind }) => kind === 'rcp');
    const changed = { ...account, principals, principalsByArn, rcpLimits };
    const asked = principals.filter(({ arn }) => roles.has(arn));
    const verdicts = principalVerdicts({ ...changed, principals: asked }, searchAdmins(changed));
    return new Map([...verdicts].flatMap(([arn, verdict]) => [[arn, adminPathOf(verdict)] as const]).filter(isPath));
  };
  return (limits) => getOrCreate(known, limits.map(keyOf).join(), () => search(limits));
}

const isPath = (entry: readonly [string, AdminPath | undefined]): entry is readonly [string, AdminPath] => entry[1] !== undefined;

const keyOf = ({ kind, target, policies }: PermissionLimit): string =>
  [kind, target, ...(policies === 'unreadable' ? ['?'] : policies.map(({ origin }) => origin))].join(' ');

function blockedAdmin(arn: string, limits: readonly PermissionLimit[], below: AdminsBelow): BlockedAdmin | undefined {
  const isBlocking = (limit: PermissionLimit) => !below([limit]).has(arn);
  const blocking = limits.filter(isBlocking);
  const others = limits.filter((limit) => !blocking.includes(limit));
  const free = below(others).get(arn);
  const levels = blocking.flatMap((limit) => levelOf(arn, limit, below) ?? []);
  if (free === undefined || levels.length === 0 || levels.length < blocking.length) return undefined;
  return { ...free, levels };
}

const isOfAws = ({ origin }: PolicyInForce): boolean => origin.includes('::aws:policy/');

const denies = ({ policy }: PolicyInForce): boolean => policy.statements.some(({ source }) => source.effect === 'Deny');

/** What has to change at the level; undefined if that is not known. */
function levelOf(arn: string, limit: PermissionLimit, below: AdminsBelow): BlockingLevel | undefined {
  const { kind, policies, target } = limit;
  if (policies === 'unreadable' || target === undefined || kind === 'permissions-boundary') return undefined;
  const denying = policies.filter(denies).map(({ origin }) => origin);
  const isOpenWithout = below([{ ...limit, policies: policies.filter((policy) => !denies(policy)) }]).has(arn);
  if (isOpenWithout) return { kind, target, denying };
  return { kind, target, denying, allowing: policies.filter((policy) => !isOfAws(policy)).map(({ origin }) => origin) };
}
