import type { Account } from '../account.ts';
import { type Actor, type RoleActor, isProtected } from '../actor.ts';
import type { AllowIndex } from '../allow-index.ts';
import { all, refused } from '../answer.ts';
import { can } from '../authorize.ts';
import { aboutTarget } from '../target-keys.ts';
import { canAssume, namesAccount, notForbidden } from '../trust.ts';
import type { ControlRule } from './control-rule.ts';

/** Whom the trust policy of a role may let in: those it names, and those whose own policies allow it where it names the account. */
function* trusted(account: Account, index: AllowIndex, role: RoleActor): Iterable<Actor> {
  const trust = account.trusts.get(role.arn);
  if (trust === undefined) yield* index.who('sts:AssumeRole', role.arn);
  const entries = (trust?.statements ?? []).flatMap(({ source }) =>
    source.effect === 'Allow' && source.principal ? [source.principal] : [],
  );
  if (entries.some(({ negated, entries }) => negated || entries.some(({ value }) => value === '*'))) {
    yield* index.everyone();
    return;
  }
  for (const { value } of entries.flatMap(({ entries }) => entries)) yield* index.named(value);
  if (entries.some(({ entries }) => entries.some((entry) => namesAccount(entry, account))))
    yield* index.who('sts:AssumeRole', role.arn);
}

/** The ways to act as a role by assuming it. */
export const assumeRoleRules: readonly ControlRule[] = [
  {
    id: 'assume-role',
    aliases: ['sts-001'],
    title: 'assume the role',
    actions: ['sts:AssumeRole'],
    // A trust policy that names its principal needs no other permission.
    needs: [],
    candidates: (account, index, target) => (target.kind === 'role' ? trusted(account, index, target) : []),
    attempt: (account, actor, target) => (target.kind === 'role' ? canAssume(account, actor, target) : refused()),
  },
  {
    id: 'update-trust-policy',
    aliases: ['iam-012'],
    title: 'let oneself in by the trust policy of the role, and assume it',
    actions: ['iam:UpdateAssumeRolePolicy'],
    candidates: (_account, index, target) => (target.kind === 'role' ? index.who('iam:UpdateAssumeRolePolicy', target.arn) : []),
    attempt: (account, actor, target) =>
      target.kind !== 'role' || isProtected(target)
        ? refused()
        : all(
            () => can(account, actor, 'iam:UpdateAssumeRolePolicy', target.arn, aboutTarget(target)),
            // A role writes down its own session there, which its boundary does not limit.
            () => notForbidden(account, actor, target.arn, false, aboutTarget(target)),
          ),
  },
];
