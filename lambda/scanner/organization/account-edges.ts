import type { Analysis } from '../access/analyse.ts';
import { stepsOf } from '../access/analyse.ts';
import { type Actor, isServiceLinked } from '../access/actor.ts';
import { unique } from '../access/answer.ts';
import { createFollowers, takeover } from '../access/followers.ts';
import { toIso } from '../model/instant.ts';
import type { PrincipalVerdict, Step, VerdictCondition } from '../model/verdict.ts';
import { doorsOf } from './doors.ts';
import type { AccountEdges, Ascent, EdgePrincipal, Passage } from './edges.ts';
import { adminExitOf, exitsOf } from './exits.ts';
import { centralPowersOf } from './central-powers.ts';

/** What the account has to do with the others of its Organization. */
export function edgesOf(analysis: Analysis): AccountEdges {
  const { account, access } = analysis;
  const { facts, accountId, partition } = account;
  const organization = facts.organization.status === 'collected' ? facts.organization.value : undefined;
  const ascents = [...access.values()].flatMap((verdict) => (verdict.type === 'root' ? [] : (ascentOf(verdict) ?? [])));
  const exits = exitsOf(account);
  const doors = doorsOf(account);
  const powers = centralPowersOf(analysis, 'possible');
  const leaving = [...exits.map(({ principal }) => principal), ...powers.flatMap(({ from = [] }) => from)];
  const passages = passagesTo(analysis, unique(leaving));
  const named = new Set([
    ...leaving,
    ...ascents.map(({ from }) => from),
    ...doors.map(({ role }) => role),
    ...passages.flatMap(({ from, to }) => [...(from === undefined ? [] : [from]), to]),
  ]);
  return {
    account: accountId,
    partition,
    takenAt: toIso(account.now),
    ...(organization === undefined ? {} : { organizationId: organization.id }),
    ...(organization?.path === undefined ? {} : { organizationPath: organization.path }),
    isManagement: organization?.managementAccountId === accountId,
    principals: account.actors.filter(({ arn }) => named.has(arn)).map((actor) => principalOf(analysis, actor)),
    ascents,
    passages,
    exits,
    ...(ascents.length > 0 ? { adminExit: adminExitOf(account) } : {}),
    doors,
    powers,
  };
}

/** Whoever makes others admin, and cannot act as these, comes no further. */
function ascentOf({ arn, verdict, would, path, conditions }: PrincipalVerdict): Ascent | undefined {
  const reached = verdict === 'conditional' ? would : verdict;
  if (reached !== 'admin' && reached !== 'can-become-admin') return undefined;
  return { from: arn, path, conditions: verdict === 'conditional' ? conditions : [] };
}

function passagesTo({ account, reach: { world, certain } }: Analysis, targets: readonly string[]): readonly Passage[] {
  // Whoever gets to be admin by way of another says so itself.
  const isAdmin = (actor: Actor) => certain.admins.has(actor);
  const surely = createFollowers(world, true);
  const perhaps = createFollowers(world, false);
  const admins = [...certain.admins.keys()];
  return targets.flatMap((arn) => {
    const target = account.actorsByArn.get(arn);
    if (target === undefined) return [];
    if (isAdmin(target)) return takeoversOf(world, admins, target);
    const sure = surely(target);
    const passage = ([from, hops]: readonly [Actor, Parameters<typeof stepsOf>[1]]): Passage => ({
      from: from.arn,
      to: arn,
      path: stepsOf(world, hops),
      conditions: openOf(hops.flatMap(({ grant }) => grant.conditions)),
    });
    return [
      ...takeoversOf(world, admins, target),
      ...[...sure].map(passage),
      ...[...perhaps(target)].filter(([from]) => !sure.has(from)).map(passage),
    ];
  });
}

const openOf = (conditions: readonly VerdictCondition[]): readonly VerdictCondition[] =>
  unique(conditions.filter(({ controlledBy }) => controlledBy !== 'caller'));

/** What admins of the account do to act as the target: one passage where each of them can do the same, else one for each who can. */
function takeoversOf(world: Analysis['reach']['world'], admins: readonly Actor[], target: Actor): readonly Passage[] {
  const others = admins.filter((admin) => admin !== target && !isServiceLinked(admin));
  const found = others.flatMap((admin) => {
    const taken = takeover(world, admin, target);
    if (taken === undefined) return [];
    const { move, grant } = taken;
    const step: Step = {
      rule: move.id,
      title: move.title,
      aliases: move.aliases,
      actions: move.actions,
      from: admin.arn,
      to: target.arn,
      statements: grant.statements,
    };
    return [{ from: admin.arn, to: target.arn, path: [step], conditions: [] }];
  });
  const [first] = found;
  const isCommon = found.length === others.length && found.every(({ path: [step] }) => step?.rule === first?.path[0]?.rule);
  if (first === undefined || !isCommon || found.length === 1) return found;
  const { from: _, ...common } = first;
  return [common];
}

function principalOf({ account, access }: Analysis, actor: Actor): EdgePrincipal {
  const { arn, kind, identity } = actor;
  const verdict = access.get(arn);
  return {
    arn,
    kind,
    name: identity.name,
    id: identity.id,
    platform: verdict?.platform ?? false,
    isServiceLinked: isServiceLinked(actor),
    verdict: verdict?.verdict ?? 'none',
    tags: [...identity.tags].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    keys: kind === 'user' ? activeKeysOf(account, identity.name) : [],
  };
}

/** Where the keys were not listed, the report tells only that there is one. */
function activeKeysOf({ facts: { accessKeys, credentialReport } }: Analysis['account'], name: string): readonly string[] {
  const listed = accessKeys.status === 'collected' ? accessKeys.value.get(name) : undefined;
  if (listed?.status === 'collected') return listed.value.flatMap(({ id, active }) => (active ? id : []));
  const row = credentialReport.status === 'collected' ? credentialReport.value.rows.get(name) : undefined;
  return (row?.keys ?? []).flatMap(({ active }, index) => (active ? `key ${index + 1}` : []));
}
