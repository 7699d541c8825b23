import type { Identities, ManagedPolicy, Role, User } from '../facts/identity.ts';
import type { Instant } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import type { ObservedFacts, Snapshot } from '../facts/snapshot.ts';
import type { RawFactName } from '../facts/index.ts';
import { type CompiledPolicy, compileDocument, compilePolicy, createVocabulary } from '../policy/compile.ts';
import type { Policy, PrincipalEntry } from '../policy/policy.ts';
import {
  type CompiledManagedPolicy,
  type DormantVersion,
  type HeldPolicy,
  type PermissionLimit,
  type Principal,
  isServiceLinkedPath,
} from './principal.ts';
import { commercialForm } from '../policy/service-principal.ts';
import { actionNames } from './action-table.ts';
import { type ComputeInventory, indexComputeInventory } from './compute-inventory.ts';

/** An account compiled and indexed for the analysis. */
export interface Account {
  readonly accountId: string;
  readonly partition: string;
  readonly now: Instant;
  readonly facts: ObservedFacts<RawFactName>;
  readonly principals: readonly Principal[];
  readonly principalsByArn: ReadonlyMap<string, Principal>;
  readonly groups: ReadonlyMap<string, CompiledGroup>;
  /** The managed policies, by ARN: those of the account, and those of AWS that are in use. */
  readonly managedPolicies: ReadonlyMap<string, CompiledManagedPolicy>;
  /** The trust policy of each role, compiled; undefined where it cannot be read. */
  readonly trusts: ReadonlyMap<string, CompiledPolicy | undefined>;
  /** The compute that runs with roles, as far as an inventory was taken. */
  readonly compute: ComputeInventory;
  /** The RCPs: limits on what any principal may do to the roles of the account. */
  readonly rcpLimits: readonly PermissionLimit[];
}

/** A group with its policies. */
export interface CompiledGroup {
  readonly name: string;
  readonly arn: string;
  readonly policies: readonly HeldPolicy[];
  readonly unreadable: readonly string[];
}

/** The actions that the techniques use, numbered. */
export const vocabulary = createVocabulary(actionNames);

const allowEverything: Policy = {
  kind: 'policy',
  version: '2012-10-17',
  statements: [
    {
      index: 0,
      effect: 'Allow',
      action: { negated: false, patterns: ['*'] },
      resource: { negated: false, patterns: ['*'] },
      conditions: [],
    },
  ],
};

/** Full access, as an attacker would give it. Its origin is no policy of the account. */
export const fullAccess: HeldPolicy = {
  policy: compilePolicy(allowEverything, vocabulary),
  origin: 'new',
  held: 'attached',
  hasDeny: false,
};

interface Held {
  readonly policies: readonly HeldPolicy[];
  readonly unreadable: readonly string[];
}

/** Compiles and indexes the identities of a snapshot. `limits` are the SCPs and RCPs over the account. */
export function compileAccount(
  { accountId, partition, takenAt, facts }: Omit<Snapshot, 'calls'>,
  identities: Identities,
  limits: readonly PermissionLimit[] = [],
): Account {
  const managed = new Map(identities.policies.map((policy) => [policy.arn, managedPolicy(policy)]));
  const groups = new Map(
    identities.groups.map((group) => [
      group.name,
      { name: group.name, arn: group.arn, ...policiesOf(group, managed, group.name) },
    ]),
  );
  const scpLimits = limits.filter(({ kind }) => kind !== 'rcp');
  const principals = principalsOf(identities, managed, groups, scpLimits);
  return {
    accountId,
    partition,
    now: takenAt,
    facts,
    principals,
    principalsByArn: new Map(principals.map((principal) => [principal.arn, principal])),
    groups,
    managedPolicies: managed,
    trusts: new Map(identities.roles.map(({ arn, trustPolicy }) => [arn, compile(trustPolicy)])),
    compute: indexComputeInventory(facts.compute),
    rcpLimits: limits.filter(({ kind }) => kind === 'rcp'),
  };
}

/** Users and roles sorted by ARN, so that the result does not depend on the order of the input. */
function principalsOf(
  { users, roles }: Identities,
  managed: ReadonlyMap<string, CompiledManagedPolicy>,
  groups: ReadonlyMap<string, CompiledGroup>,
  scpLimits: readonly PermissionLimit[],
): readonly Principal[] {
  const common = (identity: User | Role) => ({
    arn: identity.arn,
    ...(identity.boundaryArn === undefined ? {} : { boundary: boundaryOf(identity.boundaryArn, managed) }),
    scpLimits: isServiceLinkedPath(identity.path) ? [] : scpLimits,
    settableKeys: [],
  });
  const userPrincipal = (user: User): Principal => {
    const names = user.groups.toSorted();
    const held = merge([policiesOf(user, managed), ...names.map((name) => groups.get(name) ?? unseenGroup(name))]);
    return { kind: 'user', identity: user, groups: names, ...held, ...common(user) };
  };
  const rolePrincipal = (role: Role): Principal => ({
    kind: 'role',
    identity: role,
    groups: [],
    ...policiesOf(role, managed),
    ...common(role),
    ...tagsFromOutside(role),
    ...(refusesSourceIdentity(role) ? { refusesSourceIdentity: true } : {}),
  });
  return [...users.map(userPrincipal), ...roles.map(rolePrincipal)].sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

/** How the keys of the tags begin that a service gives to the sessions that it hands out. */
const tagsOfServices: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
  'pods.eks.amazonaws.com': ['eks-cluster-', 'kubernetes-'],
  // https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html
  'rolesanywhere.amazonaws.com': ['x509subject/', 'x509issuer/', 'x509san/'],
};

/**
 * Which tags sessions of the role can have from outside the account: from callers elsewhere, and from identity providers and services.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
function tagsFromOutside({ arn, trustPolicy }: Role): {
  readonly hasForeignTags?: true;
  readonly providedTags?: readonly string[];
} {
  const account = arn.split(':')[4] ?? '';
  const taggers = (compile(trustPolicy)?.statements ?? []).flatMap(({ source: { effect, principal }, matchesActionName }) =>
    effect === 'Allow' && matchesActionName('sts:TagSession') ? (principal?.entries ?? []) : [],
  );
  const isForeign = ({ type, value }: PrincipalEntry) =>
    type === 'AWS' && (value === '*' || /\d{12}/.exec(value)?.[0] !== account);
  const providedTags = taggers.flatMap(({ type, value }) =>
    type === 'Federated' ? [''] : type === 'Service' ? (tagsOfServices[commercialForm(value)] ?? []) : [],
  );
  return {
    ...(taggers.some(isForeign) ? { hasForeignTags: true } : {}),
    ...(providedTags.length > 0 ? { providedTags: [...new Set(providedTags)] } : {}),
  };
}

/**
 * Whether no caller may set a source identity.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
const refusesSourceIdentity = ({ trustPolicy }: Role): boolean =>
  compile(trustPolicy)?.statements.every(
    ({ source: { effect }, matchesActionName }) => effect === 'Deny' || !matchesActionName('sts:SetSourceIdentity'),
  ) ?? false;

type PolicyHolder = Pick<User, 'arn' | 'inlinePolicies' | 'attachedPolicies' | 'unreadPolicies'>;

/** Undefined where the document cannot be read. */
function compile(document: Json): CompiledPolicy | undefined {
  const policy = compileDocument(document, vocabulary);
  return policy.kind === 'compiled' ? policy : undefined;
}

function managedPolicy(policy: ManagedPolicy): CompiledManagedPolicy {
  const main = policy.versions.find(({ isDefault }) => isDefault);
  let dormant: readonly DormantVersion[] | undefined;
  // The account part of the ARN of an AWS managed policy is `aws`: no principal of the account can change it.
  return {
    policy,
    isCustomerManaged: !/^arn:[^:]+:iam::aws:/.test(policy.arn),
    dormant: () =>
      (dormant ??= policy.versions.flatMap(({ id, isDefault, document }) => {
        const version = isDefault ? undefined : compile(document);
        return version === undefined ? [] : { id, policy: version };
      })),
    defaultVersion: main && compile(main.document),
  };
}

function policiesOf(identity: PolicyHolder, managed: ReadonlyMap<string, CompiledManagedPolicy>, group?: string): Held {
  const policies: HeldPolicy[] = [];
  const unreadable = (identity.unreadPolicies ?? []).map((part) => `${part} of ${identity.arn}`);
  const via = group === undefined ? {} : { group };
  for (const { name, document } of identity.inlinePolicies) {
    const policy = compile(document);
    const origin = `inline:${name}`;
    if (policy) policies.push({ policy, origin, held: 'inline', ...via, hasDeny: hasDeny(policy) });
    else unreadable.push(origin);
  }
  for (const { arn } of identity.attachedPolicies) {
    const known = managed.get(arn);
    if (known?.defaultVersion)
      policies.push({
        policy: known.defaultVersion,
        origin: arn,
        held: 'attached',
        ...via,
        managed: known,
        hasDeny: hasDeny(known.defaultVersion),
      });
    else unreadable.push(arn);
  }
  return { policies: policies.sort((a, b) => (a.origin < b.origin ? -1 : 1)), unreadable: unreadable.sort() };
}

/** Whether some statement denies something. */
export const hasDeny = ({ statements }: CompiledPolicy) => statements.some(({ source }) => source.effect === 'Deny');

/** A user can be in a group that is missing from the answer of AWS, where only users were requested. */
const unseenGroup = (name: string): Held => ({ policies: [], unreadable: [`group ${name}`] });

const merge = (parts: readonly Held[]): Held => ({
  policies: parts.flatMap(({ policies }) => policies),
  unreadable: parts.flatMap(({ unreadable }) => unreadable),
});

function boundaryOf(arn: string, managed: ReadonlyMap<string, CompiledManagedPolicy>): PermissionLimit {
  const known = managed.get(arn);
  const policies = known?.defaultVersion ? [{ policy: known.defaultVersion, origin: arn }] : 'unreadable';
  return { kind: 'permissions-boundary', name: arn, policies };
}
