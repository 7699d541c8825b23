import type { Account } from '../../iam/account.ts';
import { mayAllow } from '../../iam/action-prefilter.ts';
import { type AuthorizationResult, allOf } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { type Principal, type RolePrincipal, withBoundary } from '../../iam/principal.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import { notForbidden } from '../../iam/trust-policy.ts';
import { type ObtainableBoundary, obtainableBoundaries } from '../../techniques/iam/obtainable-policies.ts';
import { techniqueFor } from './identity-change.ts';
import { newNames } from './new-names.ts';

const ACTION = 'iam:CreateRole';

/** A role that a principal can create, without permissions, that trusts its creator. */
export interface NewRole {
  readonly key: string;
  readonly role: RolePrincipal;
  readonly technique: ReturnType<typeof techniqueFor>;
  readonly answer: (by: Principal) => AuthorizationResult;
}

/**
 * The roles that a principal can create, without a boundary or with one that it can set. Others of the team, or the role itself, give
 * them permissions.
 */
export function newRoles(account: Account, by: Principal, team: readonly Principal[]): readonly NewRole[] {
  if (!mayAllow(by, ACTION)) return [];
  const boundaries = [undefined, ...obtainableBoundaries(account, by)];
  return newNames(account, 'Role', by, team).flatMap((arn) => boundaries.map((boundary) => newRole(account, by, arn, boundary)));
}

function newRole(account: Account, { scpLimits }: Principal, arn: string, boundary: ObtainableBoundary | undefined): NewRole {
  const [, path = '/', name = ''] = /:role(\/(?:.*\/)?)([^/]*)$/.exec(arn) ?? [];
  const plain: RolePrincipal = {
    kind: 'role',
    arn,
    identity: {
      ...{ name, id: '', arn, path, tags: new Map<string, string>(), trustPolicy: null },
      ...{ inlinePolicies: [], attachedPolicies: [], instanceProfiles: [] },
    },
    ...{ policies: [], unreadable: [], groups: [], scpLimits, settableKeys: [] },
  };
  const bound = boundary === undefined ? plain : withBoundary(plain, boundary.arn, boundary.limit);
  const role = bound.kind === 'role' ? bound : plain;
  return {
    key: `${ACTION} ${arn} ${boundary?.arn ?? ''}`,
    role,
    technique: techniqueFor(ACTION, undefined, 'Create a role that trusts the caller, and assume it'),
    answer: (by) =>
      allOf(
        () => can(account, by, ACTION, arn, targetContextKeys(role)),
        // The trust policy names the session of a role, which a permissions boundary does not limit.
        () => notForbidden(account, by, arn, false, targetContextKeys(role)),
        () => (boundary === undefined ? allOf() : boundary.answer()),
      ),
  };
}
