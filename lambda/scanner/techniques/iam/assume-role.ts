import type { Account } from '../../iam/account.ts';
import { type Principal, type RolePrincipal, isProtected } from '../../iam/principal.ts';
import type { AllowIndex } from '../../iam/allow-index.ts';
import { allOf, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { withTags } from '../../iam/target-tags.ts';
import { canAssume, namesAccount, notForbidden } from '../../iam/trust-policy.ts';
import type { ImpersonationTechnique } from '../technique.ts';

/**
 * Principals that the trust policy of a role might allow: those that it names, and, where it names the account, those whose own
 * policies allow it.
 */
function* trusted(account: Account, index: AllowIndex, role: RolePrincipal): Iterable<Principal> {
  const trust = account.trusts.get(role.arn);
  if (trust === undefined) yield* index.principalsAllowed('sts:AssumeRole', role.arn);
  const entries = (trust?.statements ?? []).flatMap(({ source }) =>
    source.effect === 'Allow' && source.principal ? [source.principal] : [],
  );
  if (entries.some(({ negated, entries }) => negated || entries.some(({ value }) => value === '*'))) {
    yield* index.allPrincipals();
    return;
  }
  for (const { value } of entries.flatMap(({ entries }) => entries)) yield* index.principalsNamed(value);
  if (entries.some(({ entries }) => entries.some((entry) => namesAccount(entry, account))))
    yield* index.principalsAllowed('sts:AssumeRole', role.arn);
}

/** Assumes a role that trusts the principal. */
export const assumeRole: ImpersonationTechnique = {
  id: 'assume-role',
  aliases: ['sts-001'],
  title: 'Assume the role',
  actions: ['sts:AssumeRole'],
  // A trust policy that names the principal makes other permissions unnecessary.
  needs: [],
  isAssumption: true,
  candidates: (account, index, target) => (target.kind === 'role' ? trusted(account, index, target) : []),
  attempt: (account, principal, target) => (target.kind === 'role' ? canAssume(account, principal, target) : refused()),
};

/** The act-as techniques that assume the role. */
export const assumeRoleTechniques: readonly ImpersonationTechnique[] = [
  assumeRole,
  {
    id: 'update-trust-policy',
    aliases: ['iam-012'],
    title: 'Add itself to the trust policy of the role, and assume the role',
    actions: ['iam:UpdateAssumeRolePolicy'],
    candidates: (_account, index, target) =>
      target.kind === 'role' ? index.principalsAllowed('iam:UpdateAssumeRolePolicy', target.arn) : [],
    attempt: (account, principal, target) =>
      target.kind !== 'role' || isProtected(target)
        ? refused()
        : withTags(account, principal, target, (keys) =>
            allOf(
              () => can(account, principal, 'iam:UpdateAssumeRolePolicy', target.arn, keys),
              // A role adds its own session to the trust policy; a permissions boundary does not limit that.
              () => notForbidden(account, principal, target.arn, false, keys),
            ),
          ),
  },
];
