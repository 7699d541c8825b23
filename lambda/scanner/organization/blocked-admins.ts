import { type Analysis, principalVerdicts } from '../escalation/analyze.ts';
import { searchAdmins } from '../escalation/search.ts';
import { type Account, vocabulary } from '../iam/account.ts';
import { includesEveryAction, intersects } from '../iam/action-prefilter.ts';
import { type PermissionLimit, isServiceLinked } from '../iam/principal.ts';
import type { PolicyInForce } from '../policy/decide.ts';
import { adminPathOf } from './admin-paths.ts';
import type { AdminPath, BlockedAdmin, BlockingLevel } from './edges.ts';
import type { LimitsElsewhere } from './policy-limits.ts';

/** How the role is, or becomes, admin of the account below these SCPs and RCPs alone. */
type AdminsBelow = (limits: readonly PermissionLimit[], role: string) => AdminPath | undefined;

/**
 * The roles that would be, or become, admin of the account if SCPs and RCPs did not block them, among those as which principals of other
 * accounts can act: no others are reached by who takes SCPs and RCPs off.
 */
export function blockedAdmins(
  { account, access }: Analysis,
  assumable: readonly string[],
  elsewhere: () => readonly LimitsElsewhere[],
): readonly BlockedAdmin[] {
  const limits = [
    ...(account.principals.find((principal) => !isServiceLinked(principal))?.scpLimits ?? []),
    ...account.rcpLimits,
  ].filter(mayMatter);
  const others = assumable.filter((arn) => {
    const verdict = access.get(arn);
    return verdict !== undefined && adminPathOf(verdict) === undefined;
  });
  if (others.length === 0 || !limits.some(mayBlock)) return [];
  const below = adminsBelow(account, new Set(others), limits);
  const blocked = others.filter((arn) => below([], arn) !== undefined);
  const places = blocked.length === 0 ? [] : elsewhere();
  return blocked.flatMap((arn) => [
    ...blockedAdmin(arn, limits, below),
    ...places.flatMap((place) =>
      blockedAdmin(arn, place.limits.filter(mayMatter), below).map((admin) => ({ ...admin, movedBelow: place.below })),
    ),
  ]);
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

/** What cannot be read makes what is found below it a condition. */
const mayMatter = (limit: PermissionLimit): boolean => limit.policies === 'unreadable' || mayBlock(limit);

/**
 * Each set of limits takes a search of its own; most roles are blocked by the same. A role that some limits block is blocked below more of
 * them too, which saves most searches: limits only take away. Below all limits of today none of these roles is, or becomes, admin.
 */
function adminsBelow(account: Account, roles: ReadonlySet<string>, today: readonly PermissionLimit[]): AdminsBelow {
  const made: { readonly below: ReadonlySet<string>; readonly paths: ReadonlyMap<string, AdminPath> }[] = [
    { below: new Set(today.map(keyOf)), paths: new Map() },
  ];
  const search = (limits: readonly PermissionLimit[]): ReadonlyMap<string, AdminPath> => {
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
  return (limits, arn) => {
    const below = new Set(limits.map(keyOf));
    const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>) => [...some].every((limit) => all.has(limit));
    if (made.some((earlier) => !earlier.paths.has(arn) && isWithin(earlier.below, below))) return undefined;
    const same = made.find((earlier) => earlier.below.size === below.size && isWithin(earlier.below, below));
    if (same) return same.paths.get(arn);
    const paths = search(limits);
    made.push({ below, paths });
    return paths.get(arn);
  };
}

const isPath = (entry: readonly [string, AdminPath | undefined]): entry is readonly [string, AdminPath] => entry[1] !== undefined;

const keyOf = ({ kind, target, policies }: PermissionLimit): string =>
  [kind, target, ...(policies === 'unreadable' ? ['?'] : policies.map(({ origin }) => origin))].join(' ');

/** Where some block only together, there is more than one way: the outermost are taken off, or the innermost. */
function blockedAdmin(arn: string, limits: readonly PermissionLimit[], below: AdminsBelow): readonly BlockedAdmin[] {
  const innermost = blockingLimits(arn, limits, below);
  const outermost = blockingLimits(arn, limits.toReversed(), below);
  const isSame = outermost.every((limit) => innermost.includes(limit));
  return (isSame ? [innermost] : [innermost, outermost]).flatMap((blocking) => {
    const others = limits.filter((limit) => !blocking.includes(limit));
    const free = below(others, arn);
    const levels = blocking.flatMap((limit) =>
      levelOf(limit, (policies) => below([...others, { ...limit, policies }], arn) !== undefined),
    );
    return free === undefined || levels.length < blocking.length ? [] : [{ ...free, levels }];
  });
}

/** The limits without which the role is admin, and no fewer: those that block beside all before them which do not. */
function blockingLimits(arn: string, limits: readonly PermissionLimit[], below: AdminsBelow): readonly PermissionLimit[] {
  const others: PermissionLimit[] = [];
  return limits.filter((limit) => {
    const isBlocking = below([...others, limit], arn) === undefined;
    if (!isBlocking) others.push(limit);
    return isBlocking;
  });
}

const isOfAws = ({ origin }: PolicyInForce): boolean => origin.includes('::aws:policy/');

const denies = ({ policy }: PolicyInForce): boolean => policy.statements.some(({ source }) => source.effect === 'Deny');

const originsOf = (policies: readonly PolicyInForce[]): readonly string[] => policies.map(({ origin }) => origin);

/** What has to change at the level; nothing if that is not known. `isOpen`: whether the role is admin with these policies there. */
function levelOf(
  { kind, policies, target }: PermissionLimit,
  isOpen: (policies: readonly PolicyInForce[]) => boolean,
): readonly BlockingLevel[] {
  if (policies === 'unreadable' || target === undefined || kind === 'permissions-boundary') return [];
  const denying = policies.filter(denies);
  const others = policies.filter((policy) => !denies(policy));
  if (!isOpen(others))
    return [{ kind, target, denying: originsOf(denying), allowing: originsOf(policies.filter((policy) => !isOfAws(policy))) }];
  const blocking = denying.filter((policy) => {
    const isBlocking = denying.length === 1 || !isOpen([...others, policy]);
    if (!isBlocking) others.push(policy);
    return isBlocking;
  });
  return [{ kind, target, denying: originsOf(blocking) }];
}
