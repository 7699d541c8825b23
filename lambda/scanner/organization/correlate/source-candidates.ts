import { getOrCreate } from '../../model/get-or-create.ts';
import { parseArn } from '../../model/arn.ts';
import type { Statement } from '../../policy/policy.ts';
import { nameOf } from '../admin-takeovers.ts';
import { allowsAnyRole, isAboutAssuming, isUnrestricted } from '../assume-role-policy.ts';
import type { AccountEdges, CrossAccountSource, EdgePrincipal, Takeover } from '../edges.ts';
import { SYNTHETIC_ADMIN, syntheticAdminArn, syntheticAdminKeys, syntheticAdminValues } from '../synthetic-admin.ts';
import { compilePolicies } from './cross-account-assumption.ts';
import { adminNode, taggedNode } from './graph.ts';
import type { SourceCandidate, SourceClass } from './source-candidate.ts';

/** The principals that might assume roles of other accounts. */
export interface SourceCandidates {
  readonly all: readonly SourceCandidate[];
  readonly byAccount: ReadonlyMap<string, readonly SourceCandidate[]>;
  /** The principal that admins of an account take over, where another account trusts it by name. */
  readonly takeoverOf: (named: string) => TakenOver | undefined;
}

/** The cross-account principals of all accounts, classified by their identity sides. */
export function sourceCandidatesOf(accounts: readonly AccountEdges[]): SourceCandidates {
  const classes = new Map<string, SourceClass>();
  const byAccount = new Map<string, readonly SourceCandidate[]>();
  for (const account of accounts) {
    const principals = new Map(account.principals.map((principal) => [principal.arn, principal]));
    const own = account.sources.flatMap((source, index): readonly SourceCandidate[] => {
      const principal = principals.get(source.principal);
      if (principal === undefined) return [];
      const candidate = { account, principal, node: principal.arn, sourceClass: classOf(source, classes) };
      const { changed, tagged, sessions } = source;
      if (changed !== undefined) return [{ ...candidate, node: `changed:${index}:${principal.arn}`, changed }];
      if (sessions !== undefined) return [{ ...candidate, session: { tags: new Map(), inAccount: sessions } }];
      return [tagged === undefined ? candidate : { ...candidate, node: taggedNode(principal.arn, tagged), tagged }];
    });
    byAccount.set(account.account, [...own, ...syntheticAdminOf(account, classes)]);
  }
  const byId = new Map(accounts.map((account) => [account.account, account]));
  return {
    all: [...byAccount.values()].flat(),
    byAccount,
    takeoverOf: (named) => takenOverIn(byId.get(parseArn(named)?.accountId ?? ''), named, classes),
  };
}

/** A principal that the admins of its account take over, and how. */
export interface TakenOver {
  readonly candidate: SourceCandidate;
  readonly takeover: Takeover;
}

/** The ARN of a session names its role without the path. */
const SESSION = /^arn:[^:]+:sts::\d{12}:assumed-role\/([^/]+)\/.*$/;

/** A role or user with the permissions of an admin, within the SCPs of its account. `named`: its ARN, or that of a session. */
function takenOverIn(account: AccountEdges | undefined, named: string, classes: Map<string, SourceClass>): TakenOver | undefined {
  if (account?.newRoleLimits === undefined) return undefined;
  const [, role] = SESSION.exec(named) ?? [];
  const kind = role === undefined && named.includes(':user/') ? 'user' : 'role';
  const isNamed = (principal: string) =>
    role === undefined ? principal === nameOf(named) : `/${principal}`.endsWith(`/${role}`);
  const [found] = account.takeovers.flatMap((takeover) => {
    const name = takeover.kind === kind ? takeover.principals.find(isNamed) : undefined;
    return name === undefined ? [] : [{ takeover, name }];
  });
  if (found === undefined) return undefined;
  const { takeover, name } = found;
  const arn = `arn:${account.partition}:iam::${account.account}:${kind}/${name}`;
  const principal: EdgePrincipal = {
    ...{ arn, name: name.slice(name.lastIndexOf('/') + 1), kind: takeover.kind, id: '', platform: false },
    ...{ isServiceLinked: false, verdict: 'admin', tags: [], keys: [] },
  };
  const sourceClass = classOf({ principal: arn, policies: [allowsAnyRole], limits: account.newRoleLimits.limits }, classes);
  const node = `taken-over:${arn}`;
  return { candidate: { account, principal, node, sourceClass, settableKeys: ['aws:principaltag/'] }, takeover };
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
  const sourceClass = classOf({ principal: arn, policies: [allowsAnyRole], limits: newRoleLimits.limits }, classes);
  return [
    {
      ...{ account, principal, node: adminNode(id), sourceClass },
      ...{ settableKeys: syntheticAdminKeys, settableValues: syntheticAdminValues(partition, id) },
    },
  ];
}

/** A policy variable stands for a property of the principal, which is then a class of its own. */
function classOf({ principal, policies, limits }: CrossAccountSource, classes: Map<string, SourceClass>): SourceClass {
  const text = JSON.stringify([policies, limits]);
  const key = text.includes('${') ? `${principal} ${text}` : text;
  return getOrCreate(classes, key, () => ({
    id: String(classes.size),
    policies: compilePolicies(policies, limits),
    isUnrestricted: limits.length === 0 && isUnrestricted(policies),
    named: rolesNamedIn(policies.flatMap(({ statements }) => statements)),
  }));
}

function rolesNamedIn(statements: readonly Statement[]): readonly string[] | undefined {
  const allows = statements.filter((statement) => statement.effect === 'Allow' && isAboutAssuming(statement));
  if (allows.some(({ resource }) => resource === undefined || resource.negated)) return undefined;
  const patterns = allows.flatMap(({ resource }) => resource?.patterns ?? []);
  return patterns.some((pattern) => /[*?$]/.test(pattern)) ? undefined : [...new Set(patterns)].sort();
}
