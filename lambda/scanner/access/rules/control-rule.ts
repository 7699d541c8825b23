import type { Account, GroupInForce } from '../account.ts';
import type { Actor } from '../actor.ts';
import type { AllowIndex } from '../allow-index.ts';
import type { Answer } from '../answer.ts';

/** What one step is called, and what it does. */
export interface Move {
  /** Ours, kebab-case, from what is done; never reused. */
  readonly id: string;
  /** The ids under which pathfinding.cloud catalogues it. */
  readonly aliases: readonly string[];
  /** What is done, as an instruction. */
  readonly title: string;
  /** The actions that it takes. */
  readonly actions: readonly string[];
  /** Those of the actions that whoever does it must be allowed, where these are not all of them: some are one of several ways. */
  readonly needs?: readonly string[];
}

/** A way to act as another identity of the account. */
export interface ControlRule extends Move {
  /** The service that must be let in by the trust policy of the target. */
  readonly service?: string;
  /** Who might be able to; what it finds is decided exactly by `attempt`. */
  readonly candidates: (account: Account, index: AllowIndex, target: Actor) => Iterable<Actor>;
  /** The part of `attempt` that is the same for every target. */
  readonly alone?: (account: Account, actor: Actor) => Answer;
  /** Whether no attempt on the target is ever certain, since each hangs on what the snapshot does not tell. */
  readonly isNeverCertain?: (account: Account, target: Actor) => boolean;
  /** Whether the actor can do it to the target. A target of another kind than the rule is about is refused. */
  readonly attempt: (account: Account, actor: Actor, target: Actor) => Answer;
}

/** What becomes of the target of a crown rule. */
export interface Outcome {
  /** Whether the target, with full access besides what it has, is admin, or can make itself admin without anybody's help. */
  readonly withFullAccess: () => Answer;
  /** The same of the target as it would then be. */
  readonly as: (result: Actor) => Answer;
  /** The same of the target as a member of the group. */
  readonly inGroup: (group: GroupInForce) => Answer;
}

/** A way to make an identity admin, one's own or another. */
export interface CrownRule extends Move {
  /** The ids of the path when it is done to oneself. */
  readonly selfAliases: readonly string[];
  readonly candidates: ControlRule['candidates'];
  readonly alone?: ControlRule['alone'];
  /** Whether the actor can do it to the target, and the target is admin then. */
  readonly attempt: (account: Account, actor: Actor, target: Actor, outcome: Outcome) => Answer;
}

/** A way to become admin through something that is made new, a role or a user. */
export interface CreationRule extends Move {
  readonly attempt: (account: Account, actor: Actor) => Answer;
}
