import { type Account, hasDeny } from '../../iam/account.ts';
import { type AuthorizationResult, allOf, anyOf, granted } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import type { HeldPolicy, Principal } from '../../iam/principal.ts';
import type { GrantAdminTechnique } from '../technique.ts';

const MAX_VERSIONS = 5;

/** The customer managed policies of an identity. */
const writable = (target: Principal) => target.policies.filter(({ managed }) => managed?.isCustomerManaged);

function* onPolicies(
  action: string,
  index: Parameters<GrantAdminTechnique['candidates']>[1],
  target: Principal,
): Iterable<Principal> {
  for (const { origin } of writable(target)) yield* index.principalsAllowed(action, origin);
}

/** A new policy version can become the default at once. Of five versions, one must be deleted first. */
const rewrite = (account: Account, principal: Principal, { origin, managed }: HeldPolicy): AuthorizationResult =>
  allOf(
    () => can(account, principal, 'iam:CreatePolicyVersion', origin),
    () =>
      (managed?.policy.versions.length ?? 0) < MAX_VERSIONS
        ? granted()
        : can(account, principal, 'iam:DeletePolicyVersion', origin),
  );

/** The target with each non-default version to which one of its policies could be set back. */
const rolledBack = (target: Principal, held: HeldPolicy): readonly Principal[] =>
  (held.managed?.dormant() ?? []).map((policy) => ({
    ...target,
    policies: target.policies.map((other) => (other === held ? { ...held, policy, hasDeny: hasDeny(policy) } : other)),
  }));

/** Techniques that change the default version of a customer managed policy of the target. */
export const policyVersionTechniques: readonly GrantAdminTechnique[] = [
  {
    id: 'create-policy-version',
    aliases: ['iam-016', 'iam-020'],
    selfAliases: ['iam-001'],
    title: 'Create a default version with administrator access of an attached policy',
    actions: ['iam:CreatePolicyVersion'],
    candidates: (_account, index, target) => onPolicies('iam:CreatePolicyVersion', index, target),
    attempt: (account, principal, target, outcome) =>
      allOf(
        () => anyOf(writable(target).map((policy) => () => rewrite(account, principal, policy))),
        () => outcome.withFullAccess(),
      ),
  },
  {
    id: 'set-default-policy-version',
    aliases: [],
    selfAliases: [],
    title: 'Set an attached policy back to an older version that grants more',
    actions: ['iam:SetDefaultPolicyVersion'],
    candidates: (_account, index, target) => onPolicies('iam:SetDefaultPolicyVersion', index, target),
    attempt: (account, principal, target, outcome) =>
      anyOf(
        writable(target)
          .filter(({ managed }) => managed?.dormant().length)
          .map(
            (held) => () =>
              allOf(
                () => can(account, principal, 'iam:SetDefaultPolicyVersion', held.origin),
                () => anyOf(rolledBack(target, held).map((result) => () => outcome.as(result))),
              ),
          ),
      ),
  },
];
