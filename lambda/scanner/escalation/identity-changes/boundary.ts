import type { Account } from '../../iam/account.ts';
import { allOf, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { type Principal, withBoundary } from '../../iam/principal.ts';
import { setting, withTags } from '../../iam/target-tags.ts';
import { obtainableBoundaries } from '../../techniques/iam/obtainable-policies.ts';
import { type IdentityChange, identityWords, techniqueFor } from './identity-change.ts';

/** Ways to get rid of the permissions boundary of an identity, or to replace it. */
export function boundaryChanges(account: Account, by: Principal, on: Principal): readonly IdentityChange[] {
  const { boundary, kind } = on;
  const boundaries = obtainableBoundaries(account, by);
  // An identity without a boundary gets one only where permissions of the principal ask for it.
  const asksForOne = boundaries.length > 1;
  if (boundary === undefined && !asksForOne) return [];
  const word = identityWords[kind];
  const remove = `iam:Delete${word}PermissionsBoundary`;
  const replace = `iam:Put${word}PermissionsBoundary`;
  return [
    {
      key: remove,
      technique: techniqueFor(remove, kind === 'user' ? 'iam-022' : 'iam-023', 'Delete the permissions boundary'),
      ...(asksForOne ? { mayLose: true } : {}),
      answer: (by, on) =>
        on.boundary === undefined ? refused() : withTags(account, by, on, (keys) => can(account, by, remove, on.arn, keys)),
      apply: (on) => withBoundary(on),
    },
    ...boundaries.map(({ arn, limit, answer }): IdentityChange => ({
      key: `${replace} ${arn}`,
      technique: techniqueFor(
        replace,
        kind === 'user' ? 'iam-024' : undefined,
        `Set the permissions boundary to ${limit === undefined ? 'a policy that allows everything' : arn}`,
      ),
      ...(limit === undefined && boundary !== undefined && !asksForOne ? {} : { mayLose: true as const }),
      answer: (by, on) =>
        on.boundary === undefined && !asksForOne
          ? refused()
          : allOf(
              () =>
                withTags(account, by, on, (keys) =>
                  can(account, by, replace, on.arn, setting('iam:permissionsboundary', arn, keys)),
                ),
              answer,
            ),
      apply: (on) => withBoundary(on, arn, limit),
    })),
  ];
}
