import type { Account, GroupInForce } from '../account.ts';
import type { Actor } from '../actor.ts';
import { type Answer, all, any, refused, unique } from '../answer.ts';
import { can, canDoEverything } from '../authorize.ts';
import type { RequestKeys } from '../context.ts';
import { canSomewhere } from '../some-resource.ts';
import { notForbidden } from '../trust.ts';
import type { CreationRule } from './control-rule.ts';

const administrator = ({ partition }: Account) => `arn:${partition}:iam::aws:policy/AdministratorAccess`;

/** A new identity has the boundary that its maker gives it, and no tags; what is attached is AdministratorAccess. */
const aboutNew =
  (account: Account, boundary?: string): RequestKeys =>
  (key) => {
    if (key === 'iam:permissionsboundary') return boundary === undefined ? null : [boundary];
    if (key === 'iam:policyarn') return [administrator(account)];
    return /^(aws|iam):resourcetag\//.test(key) ? null : undefined;
  };

/** The boundaries that the actor's policies, and its own boundary, ask of others by name. */
function namedBoundaries({ policies, boundary }: Actor): readonly string[] {
  const limits = boundary === undefined || boundary.policies === 'unreadable' ? [] : boundary.policies;
  const conditions = [...policies, ...limits].flatMap(({ policy }) =>
    policy.statements.flatMap(({ source }) => (source.effect === 'Allow' ? source.conditions : [])),
  );
  return unique(conditions.flatMap(({ key, values }) => (key.toLowerCase() === 'iam:permissionsboundary' ? values : [])));
}

/** Makes the identity with one action, empowers it with one of `grants`, and gets in by one of `entries`. */
function create(
  account: Account,
  actor: Actor,
  word: 'User' | 'Role',
  grants: readonly string[],
  entries: readonly (readonly string[])[],
): Answer {
  const combinations = grants.flatMap((grant) => entries.map((entry) => [`iam:Create${word}`, grant, ...entry]));
  const made = (boundary?: string, ...further: readonly string[]): Answer =>
    any(combinations.map((actions) => () => canSomewhere(account, actor, [...actions, ...further], aboutNew(account, boundary))));
  // A boundary that must be given is in the way until it is taken off again, or rewritten.
  const fenced = (boundary: string): Answer =>
    any([
      () => made(boundary, `iam:Delete${word}PermissionsBoundary`),
      () =>
        all(
          () => (boundary.includes(':iam::aws:') ? refused() : can(account, actor, 'iam:CreatePolicyVersion', boundary)),
          () => made(boundary),
        ),
    ]);
  return any([() => made(), ...namedBoundaries(actor).map((boundary) => () => fenced(boundary))]);
}

/** Whether a user without anything else is admin in the group. */
function makesAdmin(account: Account, { guardrails }: Actor, { name, policies, unreadable }: GroupInForce): Answer {
  const arn = `arn:${account.partition}:iam::${account.accountId}:user/any`;
  const groups = [name];
  const identity = { name: 'any', id: '', arn, path: '/', inlinePolicies: [], attachedPolicies: [], groups, tags: new Map() };
  return canDoEverything(account, { kind: 'user', identity, arn, groups, policies, unreadable, guardrails, settableKeys: [] });
}

/** The ways to become admin through a new identity. */
export const creationRules: readonly CreationRule[] = [
  {
    id: 'create-admin-role',
    aliases: [],
    title: 'make a role with full access that trusts oneself, and assume it',
    actions: ['iam:CreateRole', 'iam:AttachRolePolicy', 'iam:PutRolePolicy'],
    needs: ['iam:CreateRole'],
    // The new role names its maker, or a session of it, in its trust policy, which needs no permission to assume it.
    attempt: (account, actor) =>
      all(
        () => create(account, actor, 'Role', ['iam:AttachRolePolicy', 'iam:PutRolePolicy'], [[]]),
        () =>
          notForbidden(account, actor, `arn:${account.partition}:iam::${account.accountId}:role/any`, false, aboutNew(account)),
      ),
  },
  {
    id: 'create-admin-user',
    aliases: [],
    title: 'make a user with full access, and credentials for it',
    actions: ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:PutUserPolicy', 'iam:CreateAccessKey', 'iam:CreateLoginProfile'],
    needs: ['iam:CreateUser'],
    attempt: (account, actor) =>
      create(
        account,
        actor,
        'User',
        ['iam:AttachUserPolicy', 'iam:PutUserPolicy'],
        [['iam:CreateAccessKey'], ['iam:CreateLoginProfile']],
      ),
  },
  {
    id: 'create-user-in-admin-group',
    aliases: [],
    title: 'make a user, put it into a group with full access, and make credentials for it',
    actions: ['iam:CreateUser', 'iam:AddUserToGroup', 'iam:CreateAccessKey', 'iam:CreateLoginProfile'],
    needs: ['iam:CreateUser', 'iam:AddUserToGroup'],
    attempt: (account, actor) =>
      all(
        () =>
          any(
            ['iam:CreateAccessKey', 'iam:CreateLoginProfile'].map(
              (entry) => () => canSomewhere(account, actor, ['iam:CreateUser', entry], aboutNew(account)),
            ),
          ),
        () =>
          any(
            [...account.groups.values()].map(
              (group) => () =>
                all(
                  () => can(account, actor, 'iam:AddUserToGroup', group.arn),
                  () => makesAdmin(account, actor, group),
                ),
            ),
          ),
      ),
  },
];
