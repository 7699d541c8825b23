import type { Analysis } from '../escalation/analyze.ts';
import { callsOf, stepsOf } from '../escalation/analyze.ts';
import { type Principal, type RolePrincipal, isServiceLinked } from '../iam/principal.ts';
import type { Account } from '../iam/account.ts';
import { canDoEverything } from '../iam/authorization.ts';
import { unique } from '../iam/authorization-result.ts';
import { createImpersonatorSearch, actAsInOneStep } from '../escalation/impersonator-search.ts';
import { mfaKind } from '../facts/mfa-devices.ts';
import { toIso } from '../model/instant.ts';
import { ifCollected } from '../model/observed.ts';
import type { Step, VerdictCondition } from '../model/verdict.ts';
import { externallyAssumableRoles } from './externally-assumable-roles.ts';
import type { AccountEdges, EdgePrincipal, ActAsPath } from './edges.ts';
import { syntheticAdminLimits, crossAccountSources } from './cross-account-sources.ts';
import { orgWideServiceAccess } from './delegated-service-admin.ts';
import { changedSources } from './changed-sources.ts';
import { adminTakeovers } from './admin-takeovers.ts';
import { adminPathOf, pathOf } from './admin-paths.ts';
import { blockedAdmins } from './blocked-admins.ts';
import { guardrailChanges } from './guardrail-changes.ts';
import { type SparedAdmin, sparedAdmins } from './spared-admins.ts';
import { taggedSessionSources, taggedSources } from './tagged-sources.ts';
import type { PlacedAccount } from './placement.ts';
import { syntheticAdmin, syntheticAdminKeys } from './synthetic-admin.ts';

/**
 * What the account contributes to the graph of the organization: its admins, its cross-account principals, its externally
 * assumable roles, and the paths between them.
 */
export function accountEdgesOf(
  analysis: Analysis,
  { elsewhere, isOutside }: Pick<PlacedAccount, 'elsewhere' | 'isOutside'> = { elsewhere: () => [], isOutside: false },
): AccountEdges {
  const { account, access } = analysis;
  const { facts, accountId, partition } = account;
  const organization = ifCollected(facts.organization);
  const adminPaths = [...access.values()].flatMap((verdict) => (verdict.type === 'root' ? [] : (adminPathOf(verdict) ?? [])));
  const grantPaths = [...access.values()].flatMap((verdict) => pathOf(verdict, (reached) => reached === 'can-grant-admin') ?? []);
  const sources = sourcesOf(analysis, adminPaths);
  const assumableRoles = externallyAssumableRoles(account);
  const orgWideAccess = orgWideServiceAccess(analysis, 'possible');
  const synthetic = adminPaths.length > 0 ? syntheticAdmin(account) : undefined;
  const changes = guardrailChanges(analysis, synthetic);
  const crossing = crossingPrincipals(sources, [...orgWideAccess, ...changes]);
  const actAsPaths = actAsPathsTo(analysis, crossing, synthetic);
  const named = new Set([
    ...crossing,
    ...[...adminPaths, ...grantPaths].map(({ from }) => from),
    ...assumableRoles.map(({ role }) => role),
    ...actAsPaths.flatMap(({ from, to }) => [...(from === undefined ? [] : [from]), to]),
  ]);
  return {
    account: accountId,
    partition,
    takenAt: toIso(account.now),
    ...(organization === undefined ? {} : { organizationId: organization.id }),
    ...(organization?.path === undefined ? {} : { organizationPath: organization.path }),
    ...(isOutside ? { isOutside } : {}),
    isManagement: organization?.managementAccountId === accountId,
    ...(isSealed(account) ? { isSealed: true } : {}),
    principals: account.principals.filter(({ arn }) => named.has(arn)).map((caller) => principalOf(analysis, caller)),
    adminPaths,
    grantPaths,
    actAsPaths,
    sources,
    ...(adminPaths.length > 0 ? { newRoleLimits: syntheticAdminLimits(account) } : {}),
    takeovers: synthetic === undefined ? [] : adminTakeovers(account, synthetic),
    assumableRoles,
    orgWideAccess,
    guardrailChanges: changes,
    blockedAdmins: blockedAdmins(
      analysis,
      assumableRoles.map(({ role }) => role),
      elsewhere,
    ),
  };
}

/** The principals from which paths leave the account. */
const crossingPrincipals = (sources: AccountEdges['sources'], powers: readonly { readonly from?: string }[]): readonly string[] =>
  unique([
    ...sources.flatMap(({ principal, tagged, sessions = [] }) => [
      principal,
      ...[...(tagged ? [tagged] : []), ...sessions].map(({ from }) => from),
    ]),
    ...powers.flatMap(({ from = [] }) => from),
  ]);

/** The cross-account principals: as they are, as they change themselves, and with tags that they or their callers choose. */
function sourcesOf(analysis: Analysis, adminPaths: AccountEdges['adminPaths']): AccountEdges['sources'] {
  const { account } = analysis;
  const admins = new Set(adminPaths.flatMap(({ from, conditions }) => (conditions.length === 0 ? from : [])));
  const isAdmin = (arn: string) => admins.has(arn);
  return [
    ...crossAccountSources(account),
    ...changedSources(analysis, isAdmin),
    ...taggedSources(analysis, isAdmin),
    ...taggedSessionSources(account, isAdmin),
  ];
}

const isSealed = (account: Account): boolean =>
  canDoEverything(account, syntheticAdmin(account, syntheticAdminKeys)).kind === 'refused';

/**
 * The act-as paths to the targets. `made` is the synthetic admin: it stands for every principal that becomes admin, where there
 * is one.
 */
function actAsPathsTo(
  { account, search }: Analysis,
  targets: readonly string[],
  synthetic: RolePrincipal | undefined,
): readonly ActAsPath[] {
  const spared = synthetic === undefined ? [] : sparedAdmins(account, synthetic);
  const { graph, certain } = search;
  // A principal that becomes admin through another one has a path of its own.
  const isAdmin = (principal: Principal) => certain.admins.has(principal);
  const surely = createImpersonatorSearch(graph, true);
  const perhaps = createImpersonatorSearch(graph, false);
  const admins = [...certain.admins.keys()].filter((admin) => !isServiceLinked(admin));
  return targets.flatMap((arn) => {
    const target = account.principalsByArn.get(arn);
    if (target === undefined) return [];
    const byAdmins = adminActAsPaths(graph, { made: synthetic, spared, admins }, target);
    if (isAdmin(target)) return byAdmins;
    const sure = surely(target);
    const actAsPath = ([from, edges]: readonly [Principal, Parameters<typeof stepsOf>[1]]): ActAsPath => ({
      from: from.arn,
      to: arn,
      path: stepsOf(graph, edges),
      conditions: openOf(edges.flatMap(({ grant }) => grant.conditions)),
    });
    const isCovered = isCoveredBy(byAdmins, search);
    const maybe = [...perhaps(target)].filter(([from]) => !sure.has(from));
    return [...byAdmins, ...[...sure, ...maybe].filter((path) => !isCovered(path)).map(actAsPath)];
  });
}

/**
 * Whether a principal gives itself permissions first, and so becomes admin. What every admin can do is told once, and not for each
 * principal that makes itself one.
 */
function isCoveredBy(byAdmins: readonly ActAsPath[], { certain, possible }: Analysis['search']) {
  // Whose certain verdict is that it grants admin, has no path as an admin, even if conditions might make it one.
  const becomesAdmin = (from: Principal) =>
    certain.canBecome.has(from) || (possible.canBecome.has(from) && !certain.canGrant.has(from));
  const isForAll = byAdmins.some(({ from }) => from === undefined);
  return ([from, edges]: readonly [Principal, Parameters<typeof stepsOf>[1]]): boolean =>
    isForAll && edges.some(({ to }) => to === from.arn) && becomesAdmin(from);
}

const openOf = (conditions: readonly VerdictCondition[]): readonly VerdictCondition[] =>
  unique(conditions.filter(({ controlledBy }) => controlledBy !== 'caller'));

type World = Analysis['search']['graph'];

interface Admins {
  readonly made: Principal | undefined;
  /** The admin roles that can be created with names that guardrails exempt. */
  readonly spared: readonly SparedAdmin[];
  readonly admins: readonly Principal[];
}

/**
 * How admins of the account act as the target: once for all of them, by what the synthetic admin can do, and again for a single
 * admin that uses another technique or has fewer open conditions.
 */
function adminActAsPaths(graph: World, { made, spared, admins }: Admins, target: Principal): readonly ActAsPath[] {
  const own = admins.flatMap((admin) => (admin === target ? [] : (actAsPathOf(graph, admin, target) ?? [])));
  const common = made && commonPath(graph, { made, spared }, target);
  if (common === undefined) return own;
  const { from: _, ...ofAll } = common;
  const isOther = ({ path: [step], conditions }: ActAsPath) =>
    step?.rule !== common.path[0]?.rule || conditions.length < common.conditions.length;
  return [ofAll, ...own.filter(isOther)];
}

/** What the synthetic admin can do; where a guardrail stops it, or might, what a role with an exempt name can do. */
function commonPath(
  graph: World,
  { made, spared }: Required<Pick<Admins, 'spared'>> & { readonly made: Principal },
  target: Principal,
) {
  const direct = actAsPathOf(graph, made, target);
  if (direct?.conditions.length === 0) return direct;
  const created = spared.flatMap(({ admin, step, conditions }): readonly ActAsPath[] => {
    const path = actAsPathOf(graph, admin, target);
    return path ? [{ ...path, path: [step, ...path.path], conditions: openOf([...conditions, ...path.conditions]) }] : [];
  });
  return [...(direct ? [direct] : []), ...created].toSorted((a, b) => a.conditions.length - b.conditions.length)[0];
}

function actAsPathOf(graph: World, admin: Principal, target: Principal): ActAsPath | undefined {
  const taken = actAsInOneStep(graph, admin, target);
  if (taken === undefined) return undefined;
  const { technique, grant } = taken;
  const { id: rule, title, aliases } = technique;
  const step: Step = {
    ...{ rule, title, aliases, actions: callsOf(technique, grant) },
    ...{ from: admin.arn, to: target.arn, statements: grant.statements },
  };
  return { from: admin.arn, to: target.arn, path: [step], conditions: openOf(grant.conditions) };
}

function principalOf({ account, access }: Analysis, principal: Principal): EdgePrincipal {
  const { arn, kind, identity } = principal;
  const verdict = access.get(arn);
  return {
    arn,
    kind,
    name: identity.name,
    id: identity.id,
    platform: verdict?.platform ?? false,
    isServiceLinked: isServiceLinked(principal),
    verdict: verdict?.verdict ?? 'none',
    tags: [...identity.tags].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    keys: kind === 'user' ? activeKeysOf(account, identity.name) : [],
    ...(kind === 'user' && hasHardwareMfa(account, identity.name) ? { hasHardwareMfa: true } : {}),
  };
}

function hasHardwareMfa({ facts: { mfaDevices } }: Analysis['account'], name: string): boolean {
  const listed = ifCollected(mfaDevices)?.get(name);
  if (listed?.status !== 'collected' || listed.value.length === 0) return false;
  return listed.value.every((serialNumber) => ['fido', 'hardware-totp'].includes(mfaKind(serialNumber)));
}

/** Where the keys were not listed, the credential report tells only that there are some. */
function activeKeysOf({ facts: { accessKeys, credentialReport } }: Analysis['account'], name: string): readonly string[] {
  const listed = ifCollected(accessKeys)?.get(name);
  if (listed?.status === 'collected') return listed.value.flatMap(({ id, active }) => (active ? id : []));
  const row = ifCollected(credentialReport)?.rows.get(name);
  return (row?.keys ?? []).flatMap(({ active }, index) => (active ? `key ${index + 1}` : []));
}
