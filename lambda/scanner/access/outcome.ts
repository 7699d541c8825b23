import { type Account, fullAccess } from './account.ts';
import type { Actor } from './actor.ts';
import { type Answer, all, any, refused } from './answer.ts';
import { canDoEverything } from './authorize.ts';
import { loosen } from './guardrails.ts';
import { remember } from './allow-index.ts';
import type { Outcome } from './rules/control-rule.ts';
import { crownRules } from './rules/crown.ts';

/** Judges what becomes of identities that are given more; remembers the answer for each target of a run. */
export function createOutcomes(account: Account): (target: Actor) => Outcome {
  const withFullAccess = new Map<Actor, Answer>();
  const becomesAdmin = (result: Actor, turns: number): Answer =>
    any([
      () => canDoEverything(account, result),
      () => onceLoosened(result),
      () => (turns > 0 ? crownsItself(result, turns - 1) : refused()),
    ]);

  /** What it gained may let it take off what still stands in its way. */
  const onceLoosened = (result: Actor): Answer =>
    any(
      loosen(account, result).map(
        ({ actor, steps }) =>
          () =>
            all(...steps.map((step) => () => step.grant), () => canDoEverything(account, actor)),
      ),
    );

  const crownsItself = (result: Actor, turns: number): Answer =>
    any(crownRules.map((rule) => () => rule.attempt(account, result, result, outcomeOf(result, turns))));

  const outcomeOf = (target: Actor, turns: number): Outcome => ({
    withFullAccess: () =>
      remember(withFullAccess, target, () => becomesAdmin({ ...target, policies: [...target.policies, fullAccess] }, 0)),
    as: (result) => becomesAdmin(result, turns),
  });
  // Joining a group, or rolling a policy back, may lead to admin in one more step of its own, and no further.
  return (target) => outcomeOf(target, 1);
}
