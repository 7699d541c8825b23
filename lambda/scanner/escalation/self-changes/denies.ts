import type { Account } from '../../iam/account.ts';
import { refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import type { HeldPolicy, Principal } from '../../iam/principal.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import { canRewrite } from '../../techniques/iam/policy-versions.ts';
import { type SelfChange, identityWords, techniqueFor } from './self-change.ts';

/**
 * Ways for a principal to get rid of its policies with Deny statements. A policy that also allows something comes last, since its
 * Allow statements go with it.
 */
export const denyRemovals = (account: Account, principal: Principal): readonly SelfChange[] =>
  principal.policies
    .filter(({ hasDeny }) => hasDeny)
    .sort((a, b) => Number(allowsAnything(a)) - Number(allowsAnything(b)))
    .flatMap((policy) => removals(account, principal, policy));

const allowsAnything = ({ policy }: HeldPolicy) => policy.statements.some(({ source }) => source.effect === 'Allow');

function removals(account: Account, { kind }: Principal, policy: HeldPolicy): readonly SelfChange[] {
  const { group, held, origin } = policy;
  const word = group === undefined ? identityWords[kind] : 'Group';
  const off = held === 'attached' ? `iam:Detach${word}Policy` : `iam:Delete${word}Policy`;
  const alias = word === 'User' ? (held === 'attached' ? 'iam-025' : 'iam-026') : undefined;
  const groupArn = group === undefined ? undefined : account.groups.get(group)?.arn;
  const keys = (by: Principal) =>
    group === undefined
      ? targetContextKeys(by, { 'iam:policyarn': [origin] })
      : (key: string) => (key === 'iam:policyarn' ? [origin] : undefined);
  const without = (by: Principal): Principal => ({ ...by, policies: by.policies.filter((other) => other !== policy) });
  const change = (
    action: string,
    title: string,
    answer: SelfChange['answer'],
    apply: SelfChange['apply'] = without,
    itsAlias?: string,
  ): SelfChange => ({
    key: `${action} ${group ?? ''} ${origin}`,
    technique: techniqueFor(action, itsAlias, title),
    answer,
    apply,
  });
  const leave = (by: Principal): Principal => ({
    ...by,
    groups: by.groups.filter((name) => name !== group),
    policies: by.policies.filter((other) => other.group !== group),
  });
  return [
    change(
      off,
      `Remove the policy ${origin}, which has Deny statements`,
      (by) => can(account, by, off, groupArn ?? by.arn, keys(by)),
      without,
      alias,
    ),
    change('iam:CreatePolicyVersion', `Rewrite the policy ${origin}, which has Deny statements`, (by) =>
      policy.managed?.isCustomerManaged ? canRewrite(account, by, origin) : refused(),
    ),
    change(
      'iam:RemoveUserFromGroup',
      `Remove itself from the group ${group ?? ''}, whose policy has Deny statements`,
      (by) => (groupArn === undefined ? refused() : can(account, by, 'iam:RemoveUserFromGroup', groupArn)),
      leave,
    ),
  ];
}
