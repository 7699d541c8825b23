import type { Account } from '../account.ts';
import type { Actor } from '../actor.ts';
import { type Answer, all, any } from '../answer.ts';
import type { RequestKeys } from '../context.ts';
import { canSomewhere } from '../some-resource.ts';
import { notForbidden } from '../trust.ts';
import type { CreationRule } from './control-rule.ts';

/** A new identity has no boundary unless its maker gives it one, and no tags; a policy is attached by its ARN. */
const unbounded =
  (policyArn?: string): RequestKeys =>
  (key) => {
    if (key === 'iam:permissionsboundary') return null;
    if (key === 'iam:policyarn') return policyArn === undefined ? undefined : [policyArn];
    return /^(aws|iam):resourcetag\//.test(key) ? null : undefined;
  };

const administrator = ({ partition }: Account) => `arn:${partition}:iam::aws:policy/AdministratorAccess`;

/** Makes the identity with one action, empowers it with one of `grants`, and gets in by one of `entries`. */
function create(
  account: Account,
  actor: Actor,
  make: string,
  grants: readonly string[],
  entries: readonly (readonly string[])[],
): Answer {
  const combinations = grants.flatMap((grant) => entries.map((entry) => [make, grant, ...entry]));
  return any(combinations.map((actions) => () => canSomewhere(account, actor, actions, unbounded(administrator(account)))));
}

/** The ways to become admin through a new identity. */
export const creationRules: readonly CreationRule[] = [
  {
    id: 'create-admin-role',
    aliases: [],
    title: 'make a role with full access that trusts oneself, and assume it',
    actions: ['iam:CreateRole', 'iam:AttachRolePolicy', 'iam:PutRolePolicy'],
    // The new role names its maker in its trust policy, which needs no permission to assume it.
    attempt: (account, actor) =>
      all(
        () => create(account, actor, 'iam:CreateRole', ['iam:AttachRolePolicy', 'iam:PutRolePolicy'], [[]]),
        () => notForbidden(account, actor, `arn:${account.partition}:iam::${account.accountId}:role/any`, actor.kind === 'role'),
      ),
  },
  {
    id: 'create-admin-user',
    aliases: [],
    title: 'make a user with full access, and credentials for it',
    actions: ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:PutUserPolicy', 'iam:CreateAccessKey', 'iam:CreateLoginProfile'],
    attempt: (account, actor) =>
      create(
        account,
        actor,
        'iam:CreateUser',
        ['iam:AttachUserPolicy', 'iam:PutUserPolicy'],
        [['iam:CreateAccessKey'], ['iam:CreateLoginProfile']],
      ),
  },
];
