import type { BlockingLevel, GuardrailChange, Lift } from '../edges.ts';
import type { BlockedIn } from './blocked-assumptions.ts';
import { isCertain } from './graph.ts';

type Lifting = Pick<GuardrailChange, 'step' | 'conditions'>;

/** The changes that together take off all SCPs and RCPs which block; undefined if they do not suffice. The surest are used. */
export function liftsOf(blocked: BlockedIn, changes: readonly GuardrailChange[]): readonly Lifting[] | undefined {
  const bySurest = changes.toSorted((a, b) => Number(isCertain(b.conditions)) - Number(isCertain(a.conditions)));
  const ways = [
    blocked.movedBelow === undefined ? opening(blocked.levels, bySurest) : undefined,
    ...bySurest.map((change) => afterMove(change, blocked, bySurest)),
  ];
  const found = ways.filter((lifts) => lifts !== undefined);
  return found.toSorted((a, b) => Number(areCertain(b)) - Number(areCertain(a)) || a.length - b.length)[0];
}

const areCertain = (lifts: readonly Lifting[]): boolean => lifts.every(({ conditions }) => isCertain(conditions));

/** What opens the levels where the account is. */
function opening(levels: readonly BlockingLevel[], changes: readonly GuardrailChange[]): readonly Lifting[] | undefined {
  const needs = levels.flatMap((level) => [
    ...level.denying.map((policy) => (lift: Lift) => takesOff(lift, level, policy)),
    ...(level.allowing === undefined ? [] : [(lift: Lift) => widens(lift, level)]),
  ]);
  const found = needs.flatMap((isEnough) => changes.find(({ lift }) => isEnough(lift)) ?? []);
  return found.length < needs.length ? undefined : [...new Set(found)];
}

const takesOff = (lift: Lift, { kind, target }: BlockingLevel, policy: string): boolean =>
  (lift.by === 'disabling' && lift.kind === kind) ||
  (lift.by === 'rewriting' && lift.policy === policy) ||
  (lift.by === 'detaching' && lift.policy === policy && lift.target === target);

const widens = (lift: Lift, { kind, target, allowing = [] }: BlockingLevel): boolean =>
  (lift.by === 'disabling' && lift.kind === kind) ||
  (lift.by === 'rewriting' && allowing.includes(lift.policy)) ||
  (lift.by === 'attaching' && lift.target === target);

/** What opens the levels that apply where the change moves the account. */
function afterMove(
  { step, conditions, lift }: GuardrailChange,
  blocked: BlockedIn,
  changes: readonly GuardrailChange[],
): readonly Lifting[] | undefined {
  const to = lift.by === 'moving' ? lift.accounts[blocked.home.account] : undefined;
  if (lift.by !== 'moving' || to === undefined) return undefined;
  const left = levelsAt(lift.below, blocked);
  const rest = left && opening(left, changes);
  return rest && [...rest, { step: { ...step, to }, conditions }];
}

/** The levels that block below these targets; undefined if that is not known, or nothing is gained there. */
function levelsAt(below: readonly string[], { home, levels, movedBelow }: BlockedIn): readonly BlockingLevel[] | undefined {
  if (movedBelow !== undefined) return movedBelow.join() === below.join() ? levels : undefined;
  const known = (home.organizationPath ?? '').split('/');
  if (!below.every((target) => known.includes(target))) return undefined;
  const left = levels.filter(({ target }) => target === home.account || below.includes(target));
  return left.length < levels.length ? left : undefined;
}
