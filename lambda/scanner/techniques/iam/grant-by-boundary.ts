import type { Account } from '../../iam/account.ts';
import { allOf, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { type Principal, isProtected, withBoundary } from '../../iam/principal.ts';
import { setting, withTags } from '../../iam/target-tags.ts';
import type { GrantAdminTechnique, Technique } from '../technique.ts';
import { administratorAccess } from './obtainable-policies.ts';

/** A technique for the permissions boundary of another identity. The own boundary is handled in the self-escalation. */
const onBoundary = (
  kind: Principal['kind'],
  technique: Technique,
  boundary?: (account: Account) => string,
): GrantAdminTechnique => ({
  ...technique,
  selfAliases: [],
  candidates: (_account, index, target) =>
    target.kind === kind && target.boundary ? index.principalsAllowed(technique.actions[0] ?? '', target.arn) : [],
  attempt(account, principal, target, outcome) {
    if (target.kind !== kind || target.boundary === undefined || isProtected(target) || principal === target) return refused();
    const sets = boundary?.(account);
    return allOf(
      ...technique.actions.map(
        (action) => () =>
          withTags(account, principal, target, (keys) =>
            can(
              account,
              principal,
              action,
              target.arn,
              sets === undefined ? keys : setting('iam:permissionsboundary', sets, keys),
            ),
          ),
      ),
      () => outcome.as(withBoundary(target)),
    );
  },
});

/** Techniques that remove the permissions boundary of another identity, or replace it. */
export const boundaryTechniques: readonly GrantAdminTechnique[] = [
  ...(['User', 'Role'] as const).flatMap((word) => {
    const kind = word === 'User' ? 'user' : 'role';
    return [
      onBoundary(kind, {
        id: `delete-${kind}-permissions-boundary`,
        aliases: [kind === 'user' ? 'iam-022' : 'iam-023'],
        title: `Delete the permissions boundary of the ${kind}`,
        actions: [`iam:Delete${word}PermissionsBoundary`],
      }),
      onBoundary(
        kind,
        {
          id: `put-${kind}-permissions-boundary`,
          aliases: kind === 'user' ? ['iam-024'] : [],
          title: `Replace the permissions boundary of the ${kind} with one that allows everything`,
          actions: [`iam:Put${word}PermissionsBoundary`],
        },
        administratorAccess,
      ),
    ];
  }),
];
