import { mayAllowEverything } from '../../iam/action-prefilter.ts';
import { allOf, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { isProtected } from '../../iam/principal.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import type { GrantAdminTechnique } from '../technique.ts';

const ACTION = 'iam:UpdateAssumeRolePolicy';

/**
 * The technique that lets others assume a role that is admin, such as an identity of another AWS account. The principal need not be able to
 * assume the role itself.
 */
export const trustPolicyTechniques: readonly GrantAdminTechnique[] = [
  {
    id: 'share-admin-role',
    aliases: [],
    selfAliases: [],
    title: 'Add another identity to the trust policy of the role',
    actions: [ACTION],
    isForAdmins: true,
    candidates: (_account, index, target) =>
      target.kind === 'role' && mayAllowEverything(target) ? index.principalsAllowed(ACTION, target.arn) : [],
    attempt: (account, principal, target, outcome) =>
      target.kind !== 'role' || principal === target || isProtected(target) || !mayAllowEverything(target)
        ? refused()
        : allOf(
            () => can(account, principal, ACTION, target.arn, targetContextKeys(target)),
            () => outcome.as(target),
          ),
  },
];
