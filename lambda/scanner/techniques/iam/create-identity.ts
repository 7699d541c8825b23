import type { Account, CompiledGroup } from '../../iam/account.ts';
import type { Principal } from '../../iam/principal.ts';
import { type AuthorizationResult, allOf, anyOf, refused, unique } from '../../iam/authorization-result.ts';
import { can, canDoEverything } from '../../iam/authorization.ts';
import type { RequestKeys } from '../../iam/request-context.ts';
import { canOnSomeResource } from '../../iam/resource-candidates.ts';
import { notForbidden } from '../../iam/trust-policy.ts';
import type { CreateIdentityTechnique } from '../technique.ts';

const administrator = ({ partition }: Account) => `arn:${partition}:iam::aws:policy/AdministratorAccess`;

/**
 * The request context for a new identity: it has the permissions boundary that its creator sets, and no tags. AdministratorAccess
 * is attached to it.
 */
const aboutNew =
  (account: Account, boundary?: string): RequestKeys =>
  (key) => {
    if (key === 'iam:permissionsboundary') return boundary === undefined ? null : [boundary];
    if (key === 'iam:policyarn') return [administrator(account)];
    return /^(aws|iam):resourcetag\//.test(key) ? null : undefined;
  };

/** The permissions boundaries that conditions of the principal require for identities that it creates. */
function namedBoundaries({ policies, boundary }: Principal): readonly string[] {
  const limits = boundary === undefined || boundary.policies === 'unreadable' ? [] : boundary.policies;
  const conditions = [...policies, ...limits].flatMap(({ policy }) =>
    policy.statements.flatMap(({ source }) => (source.effect === 'Allow' ? source.conditions : [])),
  );
  return unique(conditions.flatMap(({ key, values }) => (key.toLowerCase() === 'iam:permissionsboundary' ? values : [])));
}

/** Whether the principal can create the identity, grant it admin with one of `grants`, and act as it with one of `entries`. */
function create(
  account: Account,
  principal: Principal,
  word: 'User' | 'Role',
  grants: readonly string[],
  entries: readonly (readonly string[])[],
): AuthorizationResult {
  const combinations = grants.flatMap((grant) => entries.map((entry) => [`iam:Create${word}`, grant, ...entry]));
  const made = (boundary?: string, ...further: readonly string[]): AuthorizationResult =>
    anyOf(
      combinations.map(
        (actions) => () => canOnSomeResource(account, principal, [...actions, ...further], { keys: aboutNew(account, boundary) }),
      ),
    );
  // A required permissions boundary limits the new identity until it is deleted or rewritten.
  const fenced = (boundary: string): AuthorizationResult =>
    anyOf([
      () => made(boundary, `iam:Delete${word}PermissionsBoundary`),
      () =>
        allOf(
          () => (boundary.includes(':iam::aws:') ? refused() : can(account, principal, 'iam:CreatePolicyVersion', boundary)),
          () => made(boundary),
        ),
    ]);
  return anyOf([() => made(), ...namedBoundaries(principal).map((boundary) => () => fenced(boundary))]);
}

/** Whether a user with no other permissions is admin in the group. */
function makesAdmin(
  account: Account,
  { scpLimits }: Principal,
  { name, policies, unreadable }: CompiledGroup,
): AuthorizationResult {
  const arn = `arn:${account.partition}:iam::${account.accountId}:user/any`;
  const groups = [name];
  const identity = { name: 'any', id: '', arn, path: '/', inlinePolicies: [], attachedPolicies: [], groups, tags: new Map() };
  return canDoEverything(account, {
    kind: 'user',
    identity,
    arn,
    groups,
    policies,
    unreadable,
    scpLimits,
    settableKeys: [],
  });
}

/** The techniques that become admin through a new identity. */
export const createIdentityTechniques: readonly CreateIdentityTechnique[] = [
  {
    id: 'create-admin-role',
    aliases: [],
    title: 'Create a role with administrator access that trusts the caller, and assume it',
    actions: ['iam:CreateRole', 'iam:AttachRolePolicy', 'iam:PutRolePolicy'],
    needs: ['iam:CreateRole'],
    // The trust policy of the new role names its creator, or a session of it, which can then assume it without further
    // permission.
    attempt: (account, principal) =>
      allOf(
        () => create(account, principal, 'Role', ['iam:AttachRolePolicy', 'iam:PutRolePolicy'], [[]]),
        () =>
          notForbidden(
            account,
            principal,
            `arn:${account.partition}:iam::${account.accountId}:role/any`,
            false,
            aboutNew(account),
          ),
      ),
  },
  {
    id: 'create-admin-user',
    aliases: [],
    title: 'Create a user with administrator access, and credentials for it',
    actions: ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:PutUserPolicy', 'iam:CreateAccessKey', 'iam:CreateLoginProfile'],
    needs: ['iam:CreateUser'],
    attempt: (account, principal) =>
      create(
        account,
        principal,
        'User',
        ['iam:AttachUserPolicy', 'iam:PutUserPolicy'],
        [['iam:CreateAccessKey'], ['iam:CreateLoginProfile']],
      ),
  },
  {
    id: 'create-user-in-admin-group',
    aliases: [],
    title: 'Create a user, add it to a group with administrator access, and create credentials for it',
    actions: ['iam:CreateUser', 'iam:AddUserToGroup', 'iam:CreateAccessKey', 'iam:CreateLoginProfile'],
    needs: ['iam:CreateUser', 'iam:AddUserToGroup'],
    attempt: (account, principal) =>
      allOf(
        () =>
          anyOf(
            ['iam:CreateAccessKey', 'iam:CreateLoginProfile'].map(
              (entry) => () => canOnSomeResource(account, principal, ['iam:CreateUser', entry], { keys: aboutNew(account) }),
            ),
          ),
        () =>
          anyOf(
            [...account.groups.values()].map(
              (group) => () =>
                allOf(
                  () => can(account, principal, 'iam:AddUserToGroup', group.arn),
                  () => makesAdmin(account, principal, group),
                ),
            ),
          ),
      ),
  },
];
