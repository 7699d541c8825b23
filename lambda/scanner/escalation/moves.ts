import type { Account } from '../iam/account.ts';
import { type AuthorizationResult, allOf, anyOf, refused } from '../iam/authorization-result.ts';
import type { Principal } from '../iam/principal.ts';
import type { ImpersonationTechnique, Technique } from '../techniques/technique.ts';
import type { IdentityChange } from './identity-changes/identity-change.ts';
import type { NewIdentity } from './identity-changes/new-identities.ts';
import type { SharedChange } from './identity-changes/versions.ts';

/** The identities that an actor acts as, each as the actor has changed it, and what it has changed for others. */
export interface Acting {
  readonly identities: ReadonlyMap<Principal, Principal>;
  readonly shared: readonly IdentityChange[];
}

/** A step of an actor: it acts as one more identity, changes an identity that it can act as, or changes a policy or a group. */
export interface Move {
  readonly by: Principal;
  readonly technique: Technique;
  /** The ARN of what it is done to. */
  readonly to: string;
  /** Whether the move is possible, given the identities as they are then. */
  readonly answer: (acting: Acting) => AuthorizationResult;
  readonly after: (acting: Acting) => Acting;
}

/** An actor that has done nothing yet. */
export const beginning = (start: Principal): Acting => ({ identities: new Map([[start, start]]), shared: [] });

/** The actor acts as one more identity. */
export const actAs = (account: Account, by: Principal, on: Principal, technique: ImpersonationTechnique): Move => ({
  by,
  technique,
  to: on.arn,
  answer: ({ identities }) => withActor(identities.get(by), (actor) => technique.attempt(account, actor, on)),
  after: ({ identities, shared }) => ({ identities: new Map(identities).set(on, withChanges(on, shared)), shared }),
});

/** The actor creates a role or a user, and acts as it. */
export const createIdentity = (by: Principal, { identity, technique, answer, opens }: NewIdentity): Move => ({
  by,
  technique,
  to: identity.arn,
  answer: ({ identities }) =>
    [...identities.values()].some(({ arn }) => arn === identity.arn)
      ? refused()
      : allOf(
          () => withActor(identities.get(by), answer),
          () => anyOf([...identities.values()].map((actor) => () => opens(actor))),
        ),
  after: ({ identities, shared }) => ({ identities: new Map(identities).set(identity, withChanges(identity, shared)), shared }),
});

/** The actor changes an identity that it acts as. */
export const changeIdentity = (by: Principal, on: Principal, change: IdentityChange): Move => ({
  by,
  technique: change.technique,
  to: on.arn,
  answer: ({ identities }) =>
    withActor(identities.get(by), (actor) => withActor(identities.get(on), (current) => change.answer(actor, current))),
  after: ({ identities, shared }) => {
    const changed = new Map(identities).set(on, withChanges(change.apply(identities.get(on) ?? on), shared));
    if (!change.ofPolicy) return { identities: changed, shared };
    const all = [...changed].map(([identity, current]) => [identity, change.apply(current)] as const);
    return { identities: new Map(all), shared: [...shared, change] };
  },
});

/** The actor changes a policy or a group that only others have. */
export const changeShared = (by: Principal, { arn, change }: SharedChange): Move => ({
  by,
  technique: change.technique,
  to: arn,
  answer: ({ identities }) => withActor(identities.get(by), (actor) => change.answer(actor, actor)),
  after: ({ identities, shared }) => ({ identities, shared: [...shared, change] }),
});

const withChanges = (identity: Principal, changes: readonly IdentityChange[]): Principal =>
  changes.reduce((changed, { apply }) => apply(changed), identity);

const withActor = (actor: Principal | undefined, ask: (actor: Principal) => AuthorizationResult): AuthorizationResult =>
  actor === undefined ? refused() : ask(actor);
