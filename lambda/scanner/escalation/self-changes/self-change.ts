import type { AuthorizationResult } from '../../iam/authorization-result.ts';
import type { Principal } from '../../iam/principal.ts';
import type { Technique } from '../../techniques/technique.ts';

/** A change that a principal may be able to make to itself. */
export interface SelfChange {
  /** Names the change, so that it is made once. */
  readonly key: string;
  readonly technique: Technique;
  /** Whether the principal, as it is then, can make the change. */
  readonly answer: (principal: Principal) => AuthorizationResult;
  /** The principal after the change. */
  readonly apply: (principal: Principal) => Principal;
}

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
