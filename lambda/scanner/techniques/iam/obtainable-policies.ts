import { type Account, fullAccess, hasDeny, vocabulary } from '../../iam/account.ts';
import { type AuthorizationResult, conditional, granted, unique } from '../../iam/authorization-result.ts';
import { can, limitsOf } from '../../iam/authorization.ts';
import type { PermissionLimit, Principal } from '../../iam/principal.ts';
import { derivedValues } from '../../model/derived-values.ts';
import { getOrCreate } from '../../model/get-or-create.ts';
import { type CompiledPolicy, compilePolicy } from '../../policy/compile.ts';
import { compileGlob, narrowGlob } from '../../policy/glob.ts';
import type { Statement } from '../../policy/policy.ts';
import { leadingPolicies } from './leading-policies.ts';
import { canRewrite } from './policy-versions.ts';

/** A managed policy that a principal can make use of: it exists, or the principal writes it. */
export interface ObtainablePolicy {
  readonly arn: string;
  /** What it allows once the principal has it. */
  readonly policy: CompiledPolicy;
  /** The action by which the principal writes it; undefined: it exists as it is. */
  readonly action?: string;
  /** Whether the principal can write it. */
  readonly answer: () => AuthorizationResult;
}

/** The condition keys that name a managed policy. */
export type PolicyKey = 'iam:policyarn' | 'iam:permissionsboundary';

const fullIam = compilePolicy(
  {
    kind: 'policy',
    version: '2012-10-17',
    statements: [
      {
        index: 0,
        effect: 'Allow',
        action: { negated: false, patterns: ['iam:*'] },
        resource: { negated: false, patterns: ['*'] },
        conditions: [],
      },
    ],
  },
  vocabulary,
);

/** Whether the policy makes an identity admin, at once or in one more step, where nothing limits it. */
export const isAdminPolicy = (policy: CompiledPolicy): boolean => policy === fullAccess.policy || policy === fullIam;

/** The identity once the policy is attached to it, or to a group of it. */
export const holding = (target: Principal, origin: string, policy: CompiledPolicy): Principal => ({
  ...target,
  policies: [...target.policies, { policy, origin, held: 'attached', hasDeny: hasDeny(policy) }],
});

/** AdministratorAccess of AWS. */
export const administratorAccess = ({ partition }: Account): string => `arn:${partition}:iam::aws:policy/AdministratorAccess`;

const known = derivedValues.table<Principal, Map<PolicyKey, readonly ObtainablePolicy[]>>();

/**
 * The policies that are worth trying where a request names one: AdministratorAccess and IAMFullAccess of AWS, and, where conditions
 * of the principal name policies, those of the account that they name, as they are or once the principal has written them.
 */
export const obtainablePolicies = (account: Account, principal: Principal, key: PolicyKey): readonly ObtainablePolicy[] =>
  getOrCreate(
    known.getOrCreate(principal, () => new Map<PolicyKey, readonly ObtainablePolicy[]>()),
    key,
    () => findPolicies(account, principal, key),
  );

function findPolicies(account: Account, principal: Principal, key: PolicyKey): readonly ObtainablePolicy[] {
  const exists = (arn: string, policy: CompiledPolicy): ObtainablePolicy => ({ arn, policy, answer: granted });
  const ofAws = [
    exists(administratorAccess(account), fullAccess.policy),
    exists(`arn:${account.partition}:iam::aws:policy/IAMFullAccess`, fullIam),
  ];
  const patterns = namedPatterns(principal, key);
  if (patterns.length === 0) return ofAws;
  const matchers = patterns.map((pattern) => compileGlob(pattern));
  const inAccount = [...account.managedPolicies.values()].filter(({ policy: { arn } }) =>
    matchers.some(({ matches }) => matches(arn)),
  );
  return [
    ...ofAws,
    ...(key === 'iam:policyarn' ? leadingOfAws(account, patterns) : []),
    ...inAccount.flatMap(({ policy: { arn }, defaultVersion }) => (defaultVersion ? [exists(arn, defaultVersion)] : [])),
    ...inAccount.flatMap(({ policy: { arn }, isCustomerManaged }): readonly ObtainablePolicy[] =>
      isCustomerManaged
        ? [
            {
              arn,
              policy: fullAccess.policy,
              action: 'iam:CreatePolicyVersion',
              answer: () => canRewrite(account, principal, arn),
            },
          ]
        : [],
    ),
    ...newNames(account, patterns).map((arn) => ({
      arn,
      policy: fullAccess.policy,
      action: 'iam:CreatePolicy',
      answer: () => can(account, principal, 'iam:CreatePolicy', arn),
    })),
  ];
}

const MOST_LEADING = 5;

/** Policies of AWS that conditions name and that may lead to admin, where what they allow is not in the snapshot. */
const leadingOfAws = ({ partition, managedPolicies }: Account, patterns: readonly string[]): readonly ObtainablePolicy[] =>
  unique(
    patterns.flatMap((pattern) => {
      const { matches } = compileGlob(pattern);
      const arns = leadingPolicies.map((name) => `arn:${partition}:iam::aws:policy/${name}`);
      return arns.filter((arn) => matches(arn) && !managedPolicies.has(arn)).slice(0, MOST_LEADING);
    }),
  ).map((arn) => {
    const text = `${arn}, whose content is not in the snapshot, leads to admin in this account`;
    const answer = () => conditional({ key: `policy:${arn}`, controlledBy: 'environment', text });
    return { arn, policy: fullAccess.policy, answer };
  });

/** Names of policies that do not exist yet, one for each pattern. */
function newNames({ partition, accountId, managedPolicies }: Account, patterns: readonly string[]): readonly string[] {
  const own = `arn:${partition}:iam::${accountId}:policy/*`;
  const names = patterns.flatMap((pattern) => narrowGlob(own, pattern) ?? []);
  return unique(names.map((name) => name.replaceAll('*', 'any').replaceAll('?', 'x'))).filter((arn) => !managedPolicies.has(arn));
}

/**
 * The policies that conditions of the principal and of its limits ask for, as patterns with a `*` for each variable. A condition that excludes some
 * leaves all others.
 */
function namedPatterns(principal: Principal, key: PolicyKey): readonly string[] {
  const limits = limitsOf(principal).flatMap(({ policies }) => (policies === 'unreadable' ? [] : policies));
  const statements = [...principal.policies, ...limits].flatMap(({ policy }) => policy.statements.map(({ source }) => source));
  return unique(statements.flatMap((statement) => patternsOf(statement, key)));
}

function patternsOf({ effect, conditions }: Statement, key: PolicyKey): readonly string[] {
  return conditions.flatMap(({ key: name, operator, values }) => {
    if (name.toLowerCase() !== key || operator.name === 'Null') return [];
    const asks = operator.name.includes('Not') ? effect === 'Deny' : effect === 'Allow';
    return asks ? values.map((value) => value.replaceAll(/\$\{[^}]*\}/g, '*')) : ['*'];
  });
}

/** A policy that a principal can set as a permissions boundary; without a limit, it allows everything. */
export interface ObtainableBoundary {
  readonly arn: string;
  readonly limit: PermissionLimit | undefined;
  readonly answer: () => AuthorizationResult;
}

/** The permissions boundaries that the principal can set, the one that allows everything first. */
export const obtainableBoundaries = (account: Account, principal: Principal): readonly ObtainableBoundary[] =>
  obtainablePolicies(account, principal, 'iam:permissionsboundary')
    .filter(({ policy }) => policy !== fullIam)
    .map(({ arn, policy, answer }) => ({
      arn,
      answer,
      limit:
        policy === fullAccess.policy
          ? undefined
          : { kind: 'permissions-boundary', name: arn, policies: [{ policy, origin: arn }] },
    }));
