import { getOrCreate } from '../../access/allow-index.ts';
import type { AuthorizationResult, Grant } from '../../access/answer.ts';
import { isAccountId, parseArn } from '../../model/arn.ts';
import type { Statement } from '../../policy/policy.ts';
import type { AccountEdges, ExternallyAssumableRole, EdgePrincipal, CrossAccountSource, ResidualPolicy } from '../edges.ts';
import { SYNTHETIC_ADMIN, syntheticAdminArn, syntheticAdminKeys } from '../made-admin.ts';
import { ASSUME_ROLE, isUnrestricted } from '../side.ts';
import { type CompiledSide, type Traveller, compileSide, mayEnter, mayLeave } from './crossing.ts';
import { type ReachGraph, adminNode } from './graph.ts';

/** Externally assumable roles with the same trust policy and limits: they allow the same principals. */
interface DoorClass {
  readonly key: string;
  readonly door: ExternallyAssumableRole;
  readonly side: CompiledSide;
  readonly account: AccountEdges;
  readonly roles: { readonly role: string; readonly account: AccountEdges }[];
  readonly byRole: Map<string, AccountEdges>;
}

/** A cross-account principal, with the class of its identity side. */
interface Leaver extends Traveller {
  /** The node from which it assumes roles. */
  readonly node: string;
  readonly exitClass: ExitClass;
}

/** Principals with the same identity side. */
interface ExitClass {
  readonly number: number;
  readonly side: CompiledSide;
  /** Whether it may assume any role at all, so that no further decision is needed. */
  readonly isOpen: boolean;
  /** The roles that it may assume, where all are named in full. */
  readonly named: readonly string[] | undefined;
}

/**
 * Adds the cross-account edges: a principal can assume a role of another account where the identity side and the trust side both
 * allow it. Most roles and principals of an organization are copies of each other. Each pair of classes gets one node in between,
 * so the number of edges grows with the sum of principals and roles, not with their product.
 */
export function connectAccounts(graph: ReachGraph, accounts: readonly AccountEdges[]): void {
  const leavers = leaversOf(accounts);
  for (const [number, assumable] of doorClassesOf(accounts).entries()) {
    const arrivals = new Set<number>();
    for (const leaver of candidatesFor(assumable, leavers)) {
      const entered = mayEnter(assumable.side, leaver, assumable.door.role, assumable.account);
      if (entered.kind === 'refused') continue;
      const { exitClass, node } = leaver;
      const between = graph.node(`crossing:${number}:${exitClass.number}`);
      if (!arrivals.has(between)) connectArrivals(graph, between, assumable, leaver);
      arrivals.add(between);
      graph.connect(graph.node(node), {
        kind: 'leave',
        to: between,
        trust: entered.statements,
        conditions: entered.conditions,
        certain: entered.certain,
        cost: 1,
      });
    }
  }
}

function connectArrivals(graph: ReachGraph, between: number, assumable: DoorClass, leaver: Leaver): void {
  const { side, isOpen: isOpenToAll } = leaver.exitClass;
  let known: AuthorizationResult | undefined;
  for (const { role, account } of rolesFor(assumable, leaver)) {
    const answer: AuthorizationResult = known ?? mayLeave(side, leaver, role, account);
    if (isOpenToAll) known = answer;
    if (answer.kind === 'granted') graph.connect(between, arrival(graph, role, answer));
  }
}

const arrival = (graph: ReachGraph, role: string, { statements, conditions, certain }: Grant) =>
  ({ kind: 'arrive', to: graph.node(role), role, identity: statements, conditions, certain, cost: 0 }) as const;

/** The roles of the class that the principal might assume; roles of its own account are no cross-account edge. */
function rolesFor({ roles, byRole }: DoorClass, { exitClass }: Leaver): readonly { role: string; account: AccountEdges }[] {
  if (exitClass.named === undefined) return roles;
  return exitClass.named.flatMap((role) => {
    const account = byRole.get(role);
    return account === undefined ? [] : [{ role, account }];
  });
}

function doorClassesOf(accounts: readonly AccountEdges[]): readonly DoorClass[] {
  const classes = new Map<string, DoorClass>();
  for (const account of accounts)
    for (const assumable of account.assumableRoles) {
      const { version, statements } = assumable.trust;
      const key = JSON.stringify([version, statements, assumable.limits, account.organizationId]);
      const trust = { origin: 'trust', version, statements };
      const found = getOrCreate(classes, key, () => ({
        key,
        assumable,
        account,
        side: compileSide([trust], assumable.limits),
        roles: [],
        byRole: new Map<string, AccountEdges>(),
      }));
      found.roles.push({ role: assumable.role, account });
      found.byRole.set(assumable.role, account);
    }
  return [...classes.values()];
}

interface Leavers {
  readonly all: readonly Leaver[];
  readonly byAccount: ReadonlyMap<string, readonly Leaver[]>;
}

function leaversOf(accounts: readonly AccountEdges[]): Leavers {
  const classes = new Map<string, ExitClass>();
  const byAccount = new Map<string, readonly Leaver[]>();
  for (const account of accounts) {
    const principals = new Map(account.principals.map((principal) => [principal.arn, principal]));
    const own = account.sources.flatMap((source): readonly Leaver[] => {
      const principal = principals.get(source.principal);
      return principal === undefined ? [] : [{ account, principal, node: principal.arn, exitClass: classOf(source, classes) }];
    });
    byAccount.set(account.account, [...own, ...madeByAdmin(account, classes)]);
  }
  return { all: [...byAccount.values()].flat(), byAccount };
}

/** An admin of an account assumes roles elsewhere as the synthetic admin, where the trust policy allows the whole account. */
function madeByAdmin(account: AccountEdges, classes: Map<string, ExitClass>): readonly Leaver[] {
  const { newRoleLimits: adminExit, account: id, partition } = account;
  if (adminExit === undefined) return [];
  const arn = syntheticAdminArn(partition, id);
  const principal: EdgePrincipal = {
    ...{ arn, name: SYNTHETIC_ADMIN, kind: 'role', id: '', platform: false, isServiceLinked: false, verdict: 'admin' },
    ...{ tags: [], keys: [] },
  };
  const exitClass = classOf({ principal: arn, policies: [fullAccess], limits: adminExit.limits }, classes);
  return [{ account, principal, node: adminNode(id), exitClass, settableKeys: syntheticAdminKeys }];
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
function classOf({ principal, policies, limits }: CrossAccountSource, classes: Map<string, ExitClass>): ExitClass {
  const text = JSON.stringify([policies, limits]);
  const key = text.includes('${') ? `${principal} ${text}` : text;
  return getOrCreate(classes, key, () => ({
    number: classes.size,
    side: compileSide(policies, limits),
    isOpen: limits.length === 0 && isUnrestricted(policies),
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
function candidatesFor({ assumable, account, roles }: DoorClass, { all, byAccount }: Leavers): readonly Leaver[] {
  const named = new Set<string>();
  for (const { effect, principal, conditions } of assumable.trust.statements) {
    if (effect === 'Deny' || principal === undefined) continue;
    for (const { value } of principal.entries) {
      const accountId = isAccountId(value) ? value : parseArn(value)?.accountId;
      const found = principal.negated || accountId === undefined ? accountsIn(conditions) : [accountId];
      if (found === undefined) return outsiders(all, account, roles);
      for (const id of found) named.add(id);
    }
  }
  return outsiders(
    [...named].sort().flatMap((id) => byAccount.get(id) ?? []),
    account,
    roles,
  );
}

/** Where all roles of the class are in one account, the principals of that account are left out. */
const outsiders = (leavers: readonly Leaver[], { account }: AccountEdges, roles: DoorClass['roles']): readonly Leaver[] =>
  roles.every((role) => role.account.account === account)
    ? leavers.filter((leaver) => leaver.account.account !== account)
    : leavers;

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
