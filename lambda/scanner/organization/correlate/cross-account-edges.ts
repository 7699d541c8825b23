import { getOrCreate } from '../../model/get-or-create.ts';
import type { AuthorizationResult, Grant } from '../../iam/authorization-result.ts';
import { isAccountId, parseArn } from '../../model/arn.ts';
import type { Statement } from '../../policy/policy.ts';
import type { AccountEdges, ExternallyAssumableRole, EdgePrincipal, CrossAccountSource, ResidualPolicy } from '../edges.ts';
import { SYNTHETIC_ADMIN, syntheticAdminArn, syntheticAdminKeys } from '../synthetic-admin.ts';
import { ASSUME_ROLE, isUnrestricted } from '../assume-role-policy.ts';
import {
  type CompiledPolicies,
  type CrossAccountPrincipal,
  compilePolicies,
  trustAllows,
  identityAllows,
} from './cross-account-assumption.ts';
import { type ReachGraph, adminNode } from './graph.ts';

/** Externally assumable roles with the same trust policy and limits: they allow the same principals. */
interface RoleClass {
  readonly key: string;
  readonly assumable: ExternallyAssumableRole;
  readonly policies: CompiledPolicies;
  readonly account: AccountEdges;
  readonly roles: { readonly role: string; readonly account: AccountEdges }[];
  readonly byRole: Map<string, AccountEdges>;
}

/** A cross-account principal, with the class of its identity side. */
interface SourceCandidate extends CrossAccountPrincipal {
  /** The node from which it assumes roles. */
  readonly node: string;
  readonly sourceClass: SourceClass;
}

/** Principals with the same identity side. */
interface SourceClass {
  readonly number: number;
  readonly policies: CompiledPolicies;
  /** Whether it may assume any role at all, so that no further decision is needed. */
  readonly isUnrestricted: boolean;
  /** The roles that it may assume, where all are named in full. */
  readonly named: readonly string[] | undefined;
}

/**
 * Adds the cross-account edges: a principal can assume a role of another account where the identity side and the trust side both
 * allow it. Most roles and principals of an organization are copies of each other. Each pair of classes gets one node in between,
 * so the number of edges grows with the sum of principals and roles, not with their product.
 */
export function connectAccounts(graph: ReachGraph, accounts: readonly AccountEdges[]): void {
  const candidates = sourceCandidatesOf(accounts);
  for (const [number, assumable] of roleClassesOf(accounts).entries()) {
    const connected = new Set<number>();
    for (const candidate of candidatesFor(assumable, candidates)) {
      const trusted = trustAllows(assumable.policies, candidate, assumable.assumable.role, assumable.account);
      if (trusted.kind === 'refused') continue;
      const { sourceClass, node } = candidate;
      const between = graph.node(`crossing:${number}:${sourceClass.number}`);
      if (!connected.has(between)) connectRoles(graph, between, assumable, candidate);
      connected.add(between);
      graph.connect(graph.node(node), {
        kind: 'leave',
        to: between,
        trust: trusted.statements,
        conditions: trusted.conditions,
        certain: trusted.certain,
        cost: 1,
      });
    }
  }
}

function connectRoles(graph: ReachGraph, between: number, assumable: RoleClass, candidate: SourceCandidate): void {
  const { policies, isUnrestricted } = candidate.sourceClass;
  let known: AuthorizationResult | undefined;
  for (const { role, account } of rolesFor(assumable, candidate)) {
    const answer: AuthorizationResult = known ?? identityAllows(policies, candidate, role, account);
    if (isUnrestricted) known = answer;
    if (answer.kind === 'granted') graph.connect(between, assumeEdge(graph, role, answer));
  }
}

const assumeEdge = (graph: ReachGraph, role: string, { statements, conditions, certain }: Grant) =>
  ({ kind: 'arrive', to: graph.node(role), role, identity: statements, conditions, certain, cost: 0 }) as const;

/** The roles of the class that the principal might assume; roles of its own account are no cross-account edge. */
function rolesFor(
  { roles, byRole }: RoleClass,
  { sourceClass }: SourceCandidate,
): readonly { role: string; account: AccountEdges }[] {
  if (sourceClass.named === undefined) return roles;
  return sourceClass.named.flatMap((role) => {
    const account = byRole.get(role);
    return account === undefined ? [] : [{ role, account }];
  });
}

function roleClassesOf(accounts: readonly AccountEdges[]): readonly RoleClass[] {
  const classes = new Map<string, RoleClass>();
  for (const account of accounts)
    for (const assumable of account.assumableRoles) {
      const { version, statements } = assumable.trust;
      const key = JSON.stringify([version, statements, assumable.limits, account.organizationId]);
      const trust = { origin: 'trust', version, statements };
      const found = getOrCreate(classes, key, () => ({
        key,
        assumable,
        account,
        policies: compilePolicies([trust], assumable.limits),
        roles: [],
        byRole: new Map<string, AccountEdges>(),
      }));
      found.roles.push({ role: assumable.role, account });
      found.byRole.set(assumable.role, account);
    }
  return [...classes.values()];
}

interface SourceCandidates {
  readonly all: readonly SourceCandidate[];
  readonly byAccount: ReadonlyMap<string, readonly SourceCandidate[]>;
}

function sourceCandidatesOf(accounts: readonly AccountEdges[]): SourceCandidates {
  const classes = new Map<string, SourceClass>();
  const byAccount = new Map<string, readonly SourceCandidate[]>();
  for (const account of accounts) {
    const principals = new Map(account.principals.map((principal) => [principal.arn, principal]));
    const own = account.sources.flatMap((source): readonly SourceCandidate[] => {
      const principal = principals.get(source.principal);
      return principal === undefined ? [] : [{ account, principal, node: principal.arn, sourceClass: classOf(source, classes) }];
    });
    byAccount.set(account.account, [...own, ...syntheticAdminOf(account, classes)]);
  }
  return { all: [...byAccount.values()].flat(), byAccount };
}

/** An admin of an account assumes roles elsewhere as the synthetic admin, where the trust policy allows the whole account. */
function syntheticAdminOf(account: AccountEdges, classes: Map<string, SourceClass>): readonly SourceCandidate[] {
  const { newRoleLimits, account: id, partition } = account;
  if (newRoleLimits === undefined) return [];
  const arn = syntheticAdminArn(partition, id);
  const principal: EdgePrincipal = {
    ...{ arn, name: SYNTHETIC_ADMIN, kind: 'role', id: '', platform: false, isServiceLinked: false, verdict: 'admin' },
    ...{ tags: [], keys: [] },
  };
  const sourceClass = classOf({ principal: arn, policies: [fullAccess], limits: newRoleLimits.limits }, classes);
  return [{ account, principal, node: adminNode(id), sourceClass, settableKeys: syntheticAdminKeys }];
}

const fullAccess: ResidualPolicy = {
  origin: 'arn:aws:iam::aws:policy/AdministratorAccess',
  version: '2012-10-17',
  statements: [
    {
      index: 0,
      effect: 'Allow',
      action: { negated: false, patterns: [ASSUME_ROLE] },
      resource: { negated: false, patterns: ['*'] },
      conditions: [],
    },
  ],
};

/** A policy variable stands for a property of the principal, which is then a class of its own. */
function classOf({ principal, policies, limits }: CrossAccountSource, classes: Map<string, SourceClass>): SourceClass {
  const text = JSON.stringify([policies, limits]);
  const key = text.includes('${') ? `${principal} ${text}` : text;
  return getOrCreate(classes, key, () => ({
    number: classes.size,
    policies: compilePolicies(policies, limits),
    isUnrestricted: limits.length === 0 && isUnrestricted(policies),
    named: rolesNamedIn(policies.flatMap(({ statements }) => statements)),
  }));
}

function rolesNamedIn(statements: readonly Statement[]): readonly string[] | undefined {
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  if (allows.some(({ resource }) => resource === undefined || resource.negated)) return undefined;
  const patterns = allows.flatMap(({ resource }) => resource?.patterns ?? []);
  return patterns.some((pattern) => /[*?$]/.test(pattern)) ? undefined : [...new Set(patterns)].sort();
}

/**
 * The principals that the trust policy might allow: those of the accounts that it names, or of all accounts where it names
 * everyone.
 */
function candidatesFor(
  { assumable, account, roles }: RoleClass,
  { all, byAccount }: SourceCandidates,
): readonly SourceCandidate[] {
  const named = new Set<string>();
  for (const { effect, principal, conditions } of assumable.trust.statements) {
    if (effect === 'Deny' || principal === undefined) continue;
    for (const { value } of principal.entries) {
      const accountId = isAccountId(value) ? value : parseArn(value)?.accountId;
      const found = principal.negated || accountId === undefined ? accountsIn(conditions) : [accountId];
      if (found === undefined) return fromOtherAccounts(all, account, roles);
      for (const id of found) named.add(id);
    }
  }
  return fromOtherAccounts(
    [...named].sort().flatMap((id) => byAccount.get(id) ?? []),
    account,
    roles,
  );
}

/** Where all roles of the class are in one account, the principals of that account are left out. */
const fromOtherAccounts = (
  candidates: readonly SourceCandidate[],
  { account }: AccountEdges,
  roles: RoleClass['roles'],
): readonly SourceCandidate[] =>
  roles.every((role) => role.account.account === account)
    ? candidates.filter((candidate) => candidate.account.account !== account)
    : candidates;

/** The accounts to which conditions limit the principals, where they name accounts. */
function accountsIn(conditions: Statement['conditions']): readonly string[] | undefined {
  for (const { operator, key, values } of conditions) {
    if (operator.ifExists || !/^(String|Arn)(Equals|Like)$/.test(operator.name)) continue;
    const asked = key.toLowerCase();
    const ids = values.map((value) => (asked === 'aws:principalarn' ? parseArn(value)?.accountId : value));
    const isAccount = (id: string | undefined): id is string => id !== undefined && isAccountId(id);
    if ((asked === 'aws:principalarn' || asked === 'aws:principalaccount') && ids.every(isAccount)) return ids;
  }
  return undefined;
}
