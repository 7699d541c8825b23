import type { Account } from '../iam/account.ts';
import type { Principal, HeldPolicy } from '../iam/principal.ts';
import { type Grant, refused } from '../iam/authorization-result.ts';
import { can } from '../iam/authorization.ts';
import { actionSet, mayAllowAny } from '../iam/action-prefilter.ts';
import { targetContextKeys } from '../iam/target-keys.ts';
import type { Technique } from '../techniques/technique.ts';
import { type RemovalOption, identityWords, techniqueFor } from './removal-option.ts';
import { conditionOptions } from './settable-conditions.ts';

/** One change that a principal makes to itself to remove a limit. */
export interface LimitRemoval {
  readonly technique: Technique;
  readonly grant: Grant;
}

/** A principal as it is after such changes, and the changes. */
export interface PrincipalVariant {
  readonly principal: Principal;
  readonly steps: readonly LimitRemoval[];
}

/**
 * The variants of a principal that removes its own limits: it deletes its permissions boundary, removes its Deny statements, and
 * sets up conditions so that they are met (its own tags, an MFA device of its own). There is a variant after each change, since
 * the policy removed last may have allowed something. Certain changes come first, then possible ones.
 */
export function removeOwnLimits(account: Account, principal: Principal): readonly PrincipalVariant[] {
  if (!mayAllowAny(principal, limitRemovalActionSet)) return [];
  const sure = removeOneByOne(account, principal, ({ certain }) => certain);
  return [
    ...sure,
    ...removeOneByOne(account, principal, () => true).filter(({ steps }) => steps.some(({ grant }) => !grant.certain)),
  ];
}

/** One change can allow the next. Each pass removes at least one limit, so the loop ends. */
function removeOneByOne(account: Account, principal: Principal, counts: (grant: Grant) => boolean): readonly PrincipalVariant[] {
  const found: PrincipalVariant[] = [];
  let current: PrincipalVariant = { principal, steps: [] };
  for (;;) {
    const next = firstRemoval(account, current.principal, counts);
    if (next === undefined) return found;
    current = { principal: next.principal, steps: [...current.steps, { technique: next.technique, grant: next.grant }] };
    found.push(current);
  }
}

/** Patterns of the actions that remove a limit or set up a condition. */
export const limitRemovalActions = [
  'iam:*PermissionsBoundary',
  'iam:Detach*Policy',
  'iam:Delete*Policy',
  'iam:CreatePolicyVersion',
  'iam:RemoveUserFromGroup',
  'iam:TagUser',
  'iam:TagRole',
  'iam:EnableMFADevice',
];

const limitRemovalActionSet = actionSet(limitRemovalActions);

function firstRemoval(
  account: Account,
  principal: Principal,
  counts: (grant: Grant) => boolean,
): (LimitRemoval & { readonly principal: Principal }) | undefined {
  for (const { technique, answer, principal: apply } of removalOptions(account, principal)) {
    const result = answer();
    if (result.kind === 'granted' && counts(result)) return { technique, grant: result, principal: apply() };
  }
  return undefined;
}

/**
 * Changes that lose nothing come first. A policy that also allows something comes last, since its Allow statements go with it.
 */
const removalOptions = (account: Account, principal: Principal): readonly RemovalOption[] => [
  ...boundaryOptions(account, principal),
  ...conditionOptions(account, principal),
  ...principal.policies
    .filter(({ hasDeny }) => hasDeny)
    .sort((a, b) => Number(allowsAnything(a)) - Number(allowsAnything(b)))
    .flatMap((policy) => policyOptions(account, principal, policy)),
];

const allowsAnything = ({ policy }: HeldPolicy) => policy.statements.some(({ source }) => source.effect === 'Allow');

function boundaryOptions(account: Account, principal: Principal): readonly RemovalOption[] {
  const { boundary, ...unbound } = principal;
  if (boundary === undefined) return [];
  const word = identityWords[principal.kind];
  const remove = `iam:Delete${word}PermissionsBoundary`;
  const replace = `iam:Put${word}PermissionsBoundary`;
  const admin = `arn:${account.partition}:iam::aws:policy/AdministratorAccess`;
  const loosenedVariants = () => unbound;
  return [
    {
      technique: techniqueFor(remove, principal.kind === 'user' ? 'iam-022' : 'iam-023', 'Delete its own permissions boundary'),
      answer: () => can(account, principal, remove, principal.arn, targetContextKeys(principal)),
      principal: loosenedVariants,
    },
    {
      technique: techniqueFor(
        replace,
        principal.kind === 'user' ? 'iam-024' : undefined,
        'Replace its own permissions boundary with one that allows everything',
      ),
      answer: () =>
        can(account, principal, replace, principal.arn, targetContextKeys(principal, { 'iam:permissionsboundary': [admin] })),
      principal: loosenedVariants,
    },
    {
      technique: techniqueFor('iam:CreatePolicyVersion', undefined, 'Rewrite the policy that is its own permissions boundary'),
      answer: () =>
        boundary.name.includes(':iam::aws:') ? refused() : can(account, principal, 'iam:CreatePolicyVersion', boundary.name),
      principal: loosenedVariants,
    },
  ];
}

function policyOptions(account: Account, principal: Principal, policy: HeldPolicy): readonly RemovalOption[] {
  const holder = policy.group === undefined ? identityWords[principal.kind] : 'Group';
  const holderArn = policy.group === undefined ? principal.arn : (account.groups.get(policy.group)?.arn ?? '');
  const keys =
    policy.group === undefined
      ? targetContextKeys(principal, { 'iam:policyarn': [policy.origin] })
      : (key: string) => (key === 'iam:policyarn' ? [policy.origin] : undefined);
  const off = policy.held === 'attached' ? `iam:Detach${holder}Policy` : `iam:Delete${holder}Policy`;
  const alias = holder === 'User' ? (policy.held === 'attached' ? 'iam-025' : 'iam-026') : undefined;
  const without = () => ({ ...principal, policies: principal.policies.filter((other) => other !== policy) });
  const { group } = policy;
  return [
    {
      technique: techniqueFor(off, alias, `Remove the policy ${policy.origin}, which has Deny statements`),
      answer: () => can(account, principal, off, holderArn, keys),
      principal: without,
    },
    {
      technique: techniqueFor(
        'iam:CreatePolicyVersion',
        undefined,
        `Rewrite the policy ${policy.origin}, which has Deny statements`,
      ),
      answer: () =>
        policy.managed?.isCustomerManaged ? can(account, principal, 'iam:CreatePolicyVersion', policy.origin) : refused(),
      principal: without,
    },
    {
      technique: techniqueFor(
        'iam:RemoveUserFromGroup',
        undefined,
        `Remove itself from the group ${group ?? ''}, whose policy has Deny statements`,
      ),
      answer: () => (group === undefined ? refused() : can(account, principal, 'iam:RemoveUserFromGroup', holderArn)),
      principal: () => ({
        ...principal,
        groups: principal.groups.filter((name) => name !== group),
        policies: principal.policies.filter((other) => other.group !== group),
      }),
    },
  ];
}
