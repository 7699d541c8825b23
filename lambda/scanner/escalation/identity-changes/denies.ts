import { type Account, fullAccess } from '../../iam/account.ts';
import { refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import type { HeldPolicy, Principal } from '../../iam/principal.ts';
import { noRequestKeys } from '../../iam/request-context.ts';
import { setting, withTags } from '../../iam/target-tags.ts';
import { canRewrite } from '../../techniques/iam/policy-versions.ts';
import { type IdentityChange, identityWords, techniqueFor } from './identity-change.ts';

/**
 * Ways to get rid of the policies of an identity that have Deny statements. A policy that also allows something comes last, since
 * its Allow statements go with it.
 */
export const denyRemovals = (account: Account, on: Principal): readonly IdentityChange[] =>
  on.policies
    .filter(({ hasDeny }) => hasDeny)
    .sort((a, b) => Number(allowsAnything(a)) - Number(allowsAnything(b)))
    .flatMap((policy) => removals(account, on, policy));

const allowsAnything = ({ policy }: HeldPolicy) => policy.statements.some(({ source }) => source.effect === 'Allow');

/** An inline policy with the same name takes its place. */
function overwriting(account: Account, kind: Principal['kind'], policy: HeldPolicy): IdentityChange {
  const { group, origin } = policy;
  const action = `iam:Put${group === undefined ? identityWords[kind] : 'Group'}Policy`;
  const groupArn = group === undefined ? undefined : account.groups.get(group)?.arn;
  return {
    key: `${action} ${group ?? ''} ${origin}`,
    technique: techniqueFor(action, undefined, `Overwrite the inline policy ${origin}, which has Deny statements`),
    answer: (by, on) =>
      groupArn === undefined
        ? withTags(account, by, on, (keys) => can(account, by, action, on.arn, keys))
        : can(account, by, action, groupArn),
    apply: (on) => ({ ...on, policies: on.policies.map((other) => (other === policy ? fullAccess : other)) }),
  };
}

function removals(account: Account, { kind }: Principal, policy: HeldPolicy): readonly IdentityChange[] {
  const { group, held, origin } = policy;
  const word = group === undefined ? identityWords[kind] : 'Group';
  const off = held === 'attached' ? `iam:Detach${word}Policy` : `iam:Delete${word}Policy`;
  const alias = word === 'User' ? (held === 'attached' ? 'iam-025' : 'iam-026') : undefined;
  const groupArn = group === undefined ? undefined : account.groups.get(group)?.arn;
  const without = (on: Principal): Principal => ({ ...on, policies: on.policies.filter((other) => other !== policy) });
  const change = (
    action: string,
    title: string,
    answer: IdentityChange['answer'],
    apply: IdentityChange['apply'] = without,
    itsAlias?: string,
  ): IdentityChange => ({
    key: `${action} ${group ?? ''} ${origin}`,
    technique: techniqueFor(action, itsAlias, title),
    answer,
    apply,
  });
  const leave = (on: Principal): Principal => ({
    ...on,
    groups: on.groups.filter((name) => name !== group),
    policies: on.policies.filter((other) => other.group !== group),
  });
  const losing = [
    change(
      off,
      `Remove the policy ${origin}, which has Deny statements`,
      (by, on) =>
        groupArn === undefined
          ? withTags(account, by, on, (keys) => can(account, by, off, on.arn, setting('iam:policyarn', origin, keys)))
          : can(account, by, off, groupArn, setting('iam:policyarn', origin, noRequestKeys)),
      without,
      alias,
    ),
    change('iam:CreatePolicyVersion', `Rewrite the policy ${origin}, which has Deny statements`, (by) =>
      policy.managed?.isCustomerManaged ? canRewrite(account, by, origin) : refused(),
    ),
    change(
      'iam:RemoveUserFromGroup',
      `Remove the user from the group ${group ?? ''}, whose policy has Deny statements`,
      (by) => (groupArn === undefined ? refused() : can(account, by, 'iam:RemoveUserFromGroup', groupArn)),
      leave,
    ),
  ];
  return [
    ...(held === 'inline' ? [overwriting(account, kind, policy)] : []),
    ...(allowsAnything(policy) ? losing.map((each): IdentityChange => ({ ...each, mayLose: true })) : losing),
  ];
}
