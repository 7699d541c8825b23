import type { Account } from '../../iam/account.ts';
import { allOf, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import type { PermissionLimit, Principal } from '../../iam/principal.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import { obtainableBoundaries } from '../../techniques/iam/obtainable-policies.ts';
import { canRestoreVersion, canRewrite, dormantVersions } from '../../techniques/iam/policy-versions.ts';
import { type SelfChange, identityWords, techniqueFor } from './self-change.ts';

/** Ways for a principal to get rid of its permissions boundary, or to widen it. */
export function boundaryChanges(account: Account, principal: Principal): readonly SelfChange[] {
  const { boundary, kind } = principal;
  if (boundary === undefined) return [];
  const word = identityWords[kind];
  const remove = `iam:Delete${word}PermissionsBoundary`;
  const replace = `iam:Put${word}PermissionsBoundary`;
  return [
    {
      key: remove,
      technique: techniqueFor(remove, kind === 'user' ? 'iam-022' : 'iam-023', 'Delete its own permissions boundary'),
      answer: (by) => can(account, by, remove, by.arn, targetContextKeys(by)),
      apply: unbound,
    },
    ...obtainableBoundaries(account, principal).map(({ arn, limit, answer }): SelfChange => ({
      key: `${replace} ${arn}`,
      technique: techniqueFor(
        replace,
        kind === 'user' ? 'iam-024' : undefined,
        `Replace its own permissions boundary with ${limit === undefined ? 'one that allows everything' : arn}`,
      ),
      answer: (by) =>
        allOf(() => can(account, by, replace, by.arn, targetContextKeys(by, { 'iam:permissionsboundary': [arn] })), answer),
      apply: limit === undefined ? unbound : below(limit),
    })),
    ...boundaryPolicyChanges(account, boundary),
  ];
}

/** Changes to the policy that is the boundary. */
function boundaryPolicyChanges(account: Account, { name }: PermissionLimit): readonly SelfChange[] {
  return [
    {
      key: `iam:CreatePolicyVersion ${name}`,
      technique: techniqueFor('iam:CreatePolicyVersion', undefined, 'Rewrite the policy that is its own permissions boundary'),
      answer: (by) => (name.includes(':iam::aws:') ? refused() : canRewrite(account, by, name)),
      apply: unbound,
    },
    ...dormantVersions(account, name).map(({ id, policy }): SelfChange => ({
      key: `iam:SetDefaultPolicyVersion ${name} ${id}`,
      technique: techniqueFor(
        'iam:SetDefaultPolicyVersion',
        undefined,
        `Set the policy that is its own permissions boundary back to ${id}`,
      ),
      answer: (by) => canRestoreVersion(account, by, name),
      apply: below({ kind: 'permissions-boundary', name, policies: [{ policy, origin: name }] }),
    })),
  ];
}

const unbound = ({ boundary: _, ...principal }: Principal): Principal => principal;

const below =
  (boundary: PermissionLimit) =>
  (principal: Principal): Principal => ({ ...principal, boundary });
