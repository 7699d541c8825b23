import { summarizeList } from '../check-support/wording/summarize-list.ts';
import type { GuardrailPolicy } from '../facts/organization-parts/policies.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import { fullAccess } from '../iam/account.ts';
import type { PermissionLimit } from '../iam/principal.ts';
import type { Change } from '../model/change.ts';
import { accountSubject } from '../model/account-subject.ts';
import { type Observed, ifCollected } from '../model/observed.ts';
import { createPolicyLimits } from '../organization/policy-limits.ts';
import { type Levels, compareLevels } from '../policy/queries/allows-more.ts';
import { type Comparison, type Pair, cannotCompare, reasonNotToCompare, together } from './pair.ts';
import { actionsOf } from './permissions-in-words.ts';

const PART = 'organization-policies';
const kinds = ['scp', 'rcp'] as const;
const names = { scp: 'service control policies', rcp: 'resource control policies' } as const;

/**
 * Accounts that their SCPs or RCPs allow more than before: because a policy was detached or changed, or the account was moved. Accounts
 * for which the same requests became possible share one change.
 */
export function compareOrganizationPolicies(pair: Pair): Comparison {
  const { organizations } = pair;
  if (organizations === undefined) return together([]);
  const { before, after } = organizations;
  if (before === undefined) return cannotCompare(PART, 'the earlier snapshot has no organization');
  const reason = reasonNotToCompare(partsOf(before), partsOf(after));
  if (reason !== undefined) return reason === '' ? together([]) : cannotCompare(PART, reason);
  return together(kinds.map((kind) => compareKind(pair, kind, before, after)));
}

const partsOf = (organization: OrganizationSnapshot): readonly Observed<unknown>[] => [
  ...[organization.Policies, organization.Accounts, organization.Organization],
  ...[organization.Roots, organization.OrganizationalUnits],
];

type Kind = (typeof kinds)[number];

function compareKind(pair: Pair, kind: Kind, before: OrganizationSnapshot, after: OrganizationSnapshot): Comparison {
  const [was, is] = [createPolicyLimits(before), createPolicyLimits(after)];
  const groups = new Map<string, { accounts: string[]; breadth: ReturnType<typeof compareLevels> }>();
  const unread: string[] = [];
  const hasUnread = hasUnreadPolicy(kind, before) || hasUnreadPolicy(kind, after);
  const known = new Map<string, ReturnType<typeof compareLevels>>();
  for (const id of accountsInBoth(before, after)) {
    const [old, current] = [levelsOf(was(id), kind), levelsOf(is(id), kind)];
    if (old.unread !== current.unread || hasUnread) {
      unread.push(id);
      continue;
    }
    const place = `${keyOf(old.levels)} ${keyOf(current.levels)}`;
    const breadth = known.get(place) ?? compareLevels([[fullAccess], ...old.levels], [[fullAccess], ...current.levels]);
    known.set(place, breadth);
    if (breadth.gained.length + breadth.lost.length === 0) continue;
    const key = JSON.stringify([actionsOf(breadth.gained), actionsOf(breadth.lost)]);
    const group = groups.get(key) ?? { accounts: [], breadth };
    group.accounts.push(id);
    groups.set(key, group);
  }
  return {
    changes: [...groups.values()].map((group) => changeOf(pair, kind, group, changedPolicies(kind, before, after))),
    incomparable:
      unread.length === 0 ? [] : [{ part: PART, reason: `the ${names[kind]} over ${summarizeList(unread)} could not be read` }],
  };
}

function accountsInBoth(before: OrganizationSnapshot, after: OrganizationSnapshot): readonly string[] {
  const ids = ({ Accounts }: OrganizationSnapshot) => ifCollected(Accounts)?.map(({ id }) => id) ?? [];
  const old = new Set(ids(before));
  return ids(after).filter((id) => old.has(id));
}

/** The levels that can be read, and the names of the others: where AWS shows no policy at all, it shows none in both nights. */
function levelsOf(limits: readonly PermissionLimit[], kind: Kind): { readonly levels: Levels; readonly unread: string } {
  const own = limits.filter((limit) => limit.kind === kind);
  return {
    levels: own.flatMap(({ policies }) => (policies === 'unreadable' ? [] : [policies])),
    unread: own.flatMap(({ policies, name }) => (policies === 'unreadable' ? name : [])).join(', '),
  };
}

/** Whether a policy has a document that AWS did not return, so that it may have any. */
const hasUnreadPolicy = (kind: Kind, { Policies }: OrganizationSnapshot): boolean =>
  Policies.status === 'collected' &&
  Policies.value.some((policy) => policy.kind === kind && policy.document.status === 'unavailable');

/** The content of the levels: accounts of one organizational unit share theirs. */
const keyOf = (levels: Levels): string =>
  JSON.stringify(
    levels.map((policies) => policies.map(({ origin, policy }) => [origin, policy.statements.map(({ source }) => source)])),
  );

/** The policies of a kind that were attached, detached or changed, in words. */
function changedPolicies(kind: Kind, before: OrganizationSnapshot, after: OrganizationSnapshot): readonly string[] {
  const listed = ({ Policies }: OrganizationSnapshot) =>
    new Map((ifCollected(Policies) ?? []).filter((one) => one.kind === kind).map((one) => [one.id, one]));
  const [was, is] = [listed(before), listed(after)];
  const label = ({ name, id }: GuardrailPolicy) => `policy ${name || id}`;
  return [
    ...[...was.values()].flatMap((old) => {
      const current = is.get(old.id);
      if (current === undefined) return [`${label(old)} was deleted`];
      const detached = old.targets.filter((target) => !current.targets.includes(target));
      const isOther = JSON.stringify(old.document) !== JSON.stringify(current.document);
      return [
        ...(detached.length > 0 ? [`${label(current)} was detached from ${summarizeList(detached)}`] : []),
        ...(isOther ? [`${label(current)} was changed`] : []),
      ];
    }),
    ...[...is.values()].flatMap((current) => (was.has(current.id) ? [] : [`${label(current)} is new`])),
  ];
}

interface Affected {
  readonly accounts: readonly string[];
  readonly breadth: ReturnType<typeof compareLevels>;
}

function changeOf(pair: Pair, kind: Kind, { accounts, breadth }: Affected, what: readonly string[]): Change {
  const { accountId } = pair.after.snapshot;
  const { resource } = accountSubject({ accountId });
  const isWeaker = breadth.gained.length > 0;
  const [first = ''] = accounts;
  const where = accounts.length === 1 ? `account ${first}` : `${accounts.length} accounts`;
  const actions = actionsOf(isWeaker ? breadth.gained : breadth.lost);
  return {
    account: accountId,
    kind: isWeaker ? 'guardrail-weakened' : 'guardrail-strengthened',
    effect: isWeaker ? 'worse' : 'better',
    severity: isWeaker ? 'HIGH' : 'INFORMATIONAL',
    resource: { ...resource, id: `${kind}/${first}` },
    headline: `The ${names[kind]} over ${where} allow ${isWeaker ? 'more' : 'less'} (organization of ${accountId})`,
    message: [
      `Accounts: ${summarizeList(accounts)}.`,
      `${isWeaker ? 'They now allow' : 'They no longer allow'}: ${summarizeList(actions)}.`,
      ...(what.length > 0 ? [`Since then: ${summarizeList(what)}.`] : []),
    ].join(' '),
    evidence: { accounts: accounts.slice(0, 50), accountCount: accounts.length, actions, what },
  };
}
