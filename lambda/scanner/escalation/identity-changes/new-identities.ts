import type { Account } from '../../iam/account.ts';
import { mayAllow } from '../../iam/action-prefilter.ts';
import { type AuthorizationResult, allOf, anyOf, granted } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { type Principal, withBoundary } from '../../iam/principal.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import { notForbidden } from '../../iam/trust-policy.ts';
import { type ObtainableBoundary, obtainableBoundaries } from '../../techniques/iam/obtainable-policies.ts';
import type { Technique } from '../../techniques/technique.ts';
import { techniqueFor } from './identity-change.ts';
import { newNames } from './new-names.ts';

const CREATE_ROLE = 'iam:CreateRole';
const CREATE_USER = 'iam:CreateUser';
const CREDENTIALS = ['iam:CreateAccessKey', 'iam:CreateLoginProfile'];

/** A role or a user that a principal can create, without permissions, and act as. */
export interface NewIdentity {
  readonly key: string;
  readonly identity: Principal;
  readonly technique: Technique;
  /** Whether the principal can create it. */
  readonly answer: (by: Principal) => AuthorizationResult;
  /** Whether a principal, its creator or another one, opens it: gives it credentials, where it needs any. */
  readonly opens: (by: Principal) => AuthorizationResult;
}

/**
 * The roles and users that a principal can create, without a boundary or with one that it can set. Others of the team, or the new identity
 * itself, give them permissions.
 */
export function newIdentities(account: Account, by: Principal, team: readonly Principal[]): readonly NewIdentity[] {
  // The creator sets a boundary also where only others of the team need one. A policy is one boundary as it is, and another one rewritten.
  const known = new Map(
    [by, ...team]
      .flatMap((each) => obtainableBoundaries(account, each))
      .map((boundary) => [`${boundary.arn} ${boundary.limit === undefined}`, boundary]),
  );
  const boundaries = [undefined, ...known.values()];
  const each = (word: 'Role' | 'User', make: typeof newRole): readonly NewIdentity[] =>
    mayAllow(by, `iam:Create${word}`)
      ? boundaries.flatMap((boundary, index) =>
          // One name for each boundary, so that none takes the name of another one.
          newNames(account, word, by, team, index === 0 ? 'any' : `any${index}`).map((arn) => make(account, by, arn, boundary)),
        )
      : [];
  return [...each('Role', newRole), ...each('User', newUser)];
}

function newRole(account: Account, { scpLimits }: Principal, arn: string, boundary: ObtainableBoundary | undefined): NewIdentity {
  const identity = { ...common(arn), trustPolicy: null, instanceProfiles: [] };
  const role = bounded({ kind: 'role', arn, identity, ...nothing, scpLimits }, boundary);
  return {
    key: `${CREATE_ROLE} ${arn} ${boundary?.arn ?? ''}`,
    identity: role,
    technique: techniqueFor(CREATE_ROLE, undefined, 'Create a role that trusts the caller, and assume it'),
    answer: (by) =>
      allOf(
        () => can(account, by, CREATE_ROLE, arn, targetContextKeys(role)),
        // The trust policy names the session of a role, which a permissions boundary does not limit.
        () => notForbidden(account, by, arn, false, targetContextKeys(role)),
        () => (boundary === undefined ? granted() : boundary.answer()),
      ),
    opens: () => granted(),
  };
}

function newUser(account: Account, { scpLimits }: Principal, arn: string, boundary: ObtainableBoundary | undefined): NewIdentity {
  const identity = { ...common(arn), groups: [] };
  const user = bounded({ kind: 'user', arn, identity, ...nothing, scpLimits }, boundary);
  const technique = techniqueFor(CREATE_USER, undefined, 'Create a user, and credentials for it');
  return {
    key: `${CREATE_USER} ${arn} ${boundary?.arn ?? ''}`,
    identity: user,
    technique: { ...technique, actions: [CREATE_USER, ...CREDENTIALS] },
    answer: (by) =>
      allOf(
        () => can(account, by, CREATE_USER, arn, targetContextKeys(user)),
        () => (boundary === undefined ? granted() : boundary.answer()),
      ),
    opens: (by) => anyOf(CREDENTIALS.map((action) => () => can(account, by, action, arn, targetContextKeys(user)))),
  };
}

const nothing = { policies: [], unreadable: [], groups: [], settableKeys: [] };

function common(arn: string) {
  const [, path = '/', name = ''] = /:(?:role|user)(\/(?:.*\/)?)([^/]*)$/.exec(arn) ?? [];
  return { name, id: '', arn, path, tags: new Map<string, string>(), inlinePolicies: [], attachedPolicies: [] };
}

const bounded = (identity: Principal, boundary: ObtainableBoundary | undefined): Principal =>
  boundary === undefined ? identity : withBoundary(identity, boundary.arn, boundary.limit);
