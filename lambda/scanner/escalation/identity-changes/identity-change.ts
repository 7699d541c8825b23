import type { AuthorizationResult } from '../../iam/authorization-result.ts';
import type { Principal } from '../../iam/principal.ts';
import type { Technique } from '../../techniques/technique.ts';

/** A change that a principal may be able to make to an identity: to itself, or to another one that it can act as. */
export interface IdentityChange {
  /** Names the change, so that it is made once. */
  readonly key: string;
  readonly technique: Technique;
  /** Whether the principal can make the change to the identity, each as it is then. */
  readonly answer: (by: Principal, on: Principal) => AuthorizationResult;
  /** Whether permissions may be lost by it, so that it is better made late. */
  readonly mayLose?: true;
  /** The Deny statements that it gives together with permissions; several such changes are tried together as well. */
  readonly denies?: readonly string[];
  /** Whether it changes a policy for all who have it, or get it later. */
  readonly ofPolicy?: true;
  /** The identity after the change. */
  readonly apply: (on: Principal) => Principal;
}

/** An identity with the changes to policies that were made before. */
export const withPolicyChanges = (identity: Principal, made: readonly IdentityChange[]): Principal =>
  made.reduce((changed, { ofPolicy, apply }) => (ofPolicy ? apply(changed) : changed), identity);

/** The actions of IAM that change an identity have its kind in their names. */
export const identityWords = { user: 'User', role: 'Role' } as const;

/** The technique that is one action of IAM. */
export const techniqueFor = (action: string, alias: string | undefined, title: string): Technique => ({
  id: idOf(action),
  aliases: alias === undefined ? [] : [alias],
  title,
  actions: [action],
});

/** The id of a technique that is one action of IAM: `delete-user-permissions-boundary`. */
const idOf = (action: string): string =>
  action
    .slice('iam:'.length)
    .replaceAll(/(?<=[a-z])(?=[A-Z])|(?<=MFA)(?=D)/g, '-')
    .toLowerCase();
