import type { Analysis } from '../escalation/analyze.ts';
import { type Principal, isServiceLinked } from '../iam/principal.ts';
import type { Account } from '../iam/account.ts';
import { canDoEverything } from '../iam/authorization.ts';
import { unique } from '../iam/authorization-result.ts';
import { mfaKind } from '../facts/mfa-devices.ts';
import { toIso } from '../model/instant.ts';
import { ifCollected } from '../model/observed.ts';
import { externallyAssumableRoles } from './externally-assumable-roles.ts';
import type { AccountEdges, EdgePrincipal } from './edges.ts';
import { actAsGroups } from './act-as-groups.ts';
import { syntheticAdminLimits, crossAccountSources } from './cross-account-sources.ts';
import { orgWideServiceAccess } from './delegated-service-admin.ts';
import { changedSources } from './changed-sources.ts';
import { empoweredSources } from './empowered-sources.ts';
import { adminTakeovers } from './admin-takeovers.ts';
import { adminPathOf, pathOf } from './admin-paths.ts';
import { blockedAdmins } from './blocked-admins.ts';
import { guardrailChanges } from './guardrail-changes.ts';
import { type IsAdmin, taggedSessionSources, taggedSources } from './tagged-sources.ts';
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
  const actAs = actAsGroups(analysis, crossing, synthetic);
  const named = new Set([
    ...crossing,
    ...[...adminPaths, ...grantPaths].map(({ from }) => from),
    ...assumableRoles.map(({ role }) => role),
    ...actAs.flatMap(({ to, paths }) => [...to, ...paths.flatMap(({ from = [] }) => from)]),
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
    principals: [...principalsNamed(analysis, named), ...newPrincipals(account, sources)],
    adminPaths,
    grantPaths,
    actAs,
    sources,
    ...(adminPaths.length > 0 ? { newRoleLimits: syntheticAdminLimits(account) } : {}),
    takeovers: synthetic === undefined ? [] : adminTakeovers(analysis.search.graph, synthetic),
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
    ...sources.flatMap(({ principal, changed, tagged, sessions = [] }) => [
      principal,
      ...[...(changed ? [changed] : []), ...(tagged ? [tagged] : []), ...sessions].map(({ from }) => from),
    ]),
    ...powers.flatMap(({ from = [] }) => from),
  ]);

/** The cross-account principals: as they are, as they or others change them, and with tags that they or their callers choose. */
function sourcesOf(analysis: Analysis, adminPaths: AccountEdges['adminPaths']): AccountEdges['sources'] {
  const { account } = analysis;
  const conditionsOf = new Map(
    adminPaths.map(({ from, conditions }) => [from, conditions.map(({ key, text }) => `${key} ${text}`)]),
  );
  const isAdmin: IsAdmin = (arn, conditions = []) => {
    const given = new Set(conditions.map(({ key, text }) => `${key} ${text}`));
    return conditionsOf.get(arn)?.every((condition) => given.has(condition)) ?? false;
  };
  return [
    ...crossAccountSources(account),
    ...changedSources(analysis, isAdmin),
    ...empoweredSources(analysis, isAdmin),
    ...taggedSources(analysis, isAdmin),
    ...taggedSessionSources(account, isAdmin),
  ];
}

const isSealed = (account: Account): boolean =>
  canDoEverything(account, syntheticAdmin(account, syntheticAdminKeys)).kind === 'refused';

const principalsNamed = (analysis: Analysis, named: ReadonlySet<string>): readonly EdgePrincipal[] =>
  analysis.account.principals.filter(({ arn }) => named.has(arn)).map((principal) => principalOf(analysis, principal));

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
    ...(principal.kind === 'role' && principal.providedTags ? { providedTags: principal.providedTags } : {}),
    ...(principal.kind === 'role' && principal.refusesSourceIdentity ? { refusesSourceIdentity: true } : {}),
    keys: kind === 'user' ? activeKeysOf(account, identity.name) : [],
    ...(kind === 'user' && hasHardwareMfa(account, identity.name) ? { hasHardwareMfa: true } : {}),
  };
}

/** The roles and users that a principal creates before it leaves the account. */
const newPrincipals = ({ principalsByArn }: Account, sources: AccountEdges['sources']): readonly EdgePrincipal[] =>
  unique(sources.map(({ principal }) => principal))
    .filter((arn) => !principalsByArn.has(arn))
    .map((arn) => ({
      ...{ arn, kind: arn.includes(':user/') ? 'user' : 'role', name: arn.slice(arn.lastIndexOf('/') + 1), id: '' },
      ...{ platform: false, isServiceLinked: false, verdict: 'none', tags: [], keys: [] },
    }));

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
