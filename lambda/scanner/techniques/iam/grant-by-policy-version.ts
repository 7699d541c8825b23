import { hasDeny } from '../../iam/account.ts';
import { allOf, anyOf } from '../../iam/authorization-result.ts';
import type { HeldPolicy, Principal } from '../../iam/principal.ts';
import type { GrantAdminTechnique } from '../technique.ts';
import { canRestoreVersion, canRewrite } from './policy-versions.ts';

/** The customer managed policies of an identity. */
const writable = (target: Principal) => target.policies.filter(({ managed }) => managed?.isCustomerManaged);

function* onPolicies(
  action: string,
  index: Parameters<GrantAdminTechnique['candidates']>[1],
  target: Principal,
): Iterable<Principal> {
  for (const { origin } of writable(target)) yield* index.principalsAllowed(action, origin);
}

/** The target with each non-default version to which one of its policies could be set back. */
const rolledBack = (target: Principal, held: HeldPolicy): readonly Principal[] =>
  (held.managed?.dormant() ?? []).map(({ policy }) => ({
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
        () =>
          anyOf(
            writable(target).map(
              ({ origin }) =>
                () =>
                  canRewrite(account, principal, origin),
            ),
          ),
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
                () => canRestoreVersion(account, principal, held.origin),
                () => anyOf(rolledBack(target, held).map((result) => () => outcome.as(result))),
              ),
          ),
      ),
  },
];
