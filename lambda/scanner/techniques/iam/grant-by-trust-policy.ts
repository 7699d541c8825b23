import { mayAllowEverything } from '../../iam/action-prefilter.ts';
import { allOf, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { isProtected } from '../../iam/principal.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import type { GrantAdminTechnique } from '../technique.ts';

const ACTION = 'iam:UpdateAssumeRolePolicy';

/**
 * Lets others assume a role, such as an identity of another AWS account. The principal need not be able to assume the role itself. Whether
 * the role is admin, or becomes it, is for the caller to know.
 */
export const shareRole: GrantAdminTechnique = {
  id: 'share-admin-role',
  aliases: [],
  selfAliases: [],
  title: 'Add another identity to the trust policy of the role',
  actions: [ACTION],
  candidates: (_account, index, target) => (target.kind === 'role' ? index.principalsAllowed(ACTION, target.arn) : []),
  attempt: (account, principal, target) =>
    target.kind !== 'role' || principal === target || isProtected(target)
      ? refused()
      : can(account, principal, ACTION, target.arn, targetContextKeys(target)),
};

/** The technique that lets others assume a role that is admin. */
export const trustPolicyTechniques: readonly GrantAdminTechnique[] = [
  {
    ...shareRole,
    isForAdmins: true,
    candidates: (account, index, target) => (mayAllowEverything(target) ? shareRole.candidates(account, index, target) : []),
    attempt: (account, principal, target, outcome) =>
      mayAllowEverything(target)
        ? allOf(
            () => shareRole.attempt(account, principal, target, outcome),
            () => outcome.as(target),
          )
        : refused(),
  },
];
