import type { Blocker, StatementReference, VerdictCondition } from '../model/verdict.ts';

/**
 * The result of an authorization question. `granted` and certain: these statements allow it, whatever the snapshot leaves open.
 * `granted` and not certain: allowed if the conditions hold. `refused`: not allowed; the blockers tell what stops a permission
 * that exists.
 */
export type AuthorizationResult = Grant | Refusal;

/** Allowed, perhaps under conditions. Conditions that the caller controls are listed, and the grant stays certain. */
export interface Grant {
  readonly kind: 'granted';
  readonly certain: boolean;
  readonly statements: readonly StatementReference[];
  readonly conditions: readonly VerdictCondition[];
  /** Calls that must be made before: `iam:TagRole`, say. */
  readonly calls?: readonly string[];
}

/** Not allowed. */
export interface Refusal {
  readonly kind: 'refused';
  readonly blockers: readonly Blocker[];
}

/** Allowed by these statements. */
export const granted = (statements: readonly StatementReference[] = [], conditions: readonly VerdictCondition[] = []): Grant => ({
  kind: 'granted',
  certain: conditions.every(({ controlledBy }) => controlledBy === 'caller'),
  statements,
  conditions,
});

/** The grant, if these calls are made before. */
export const afterCalls = (calls: readonly string[], answer: AuthorizationResult): AuthorizationResult =>
  answer.kind === 'refused' || calls.length === 0 ? answer : { ...answer, calls: unique([...calls, ...(answer.calls ?? [])]) };

/** Not allowed: nothing grants it, or these block it. */
export const refused = (blockers: readonly Blocker[] = []): Refusal => ({ kind: 'refused', blockers });

/** Whether an answer counts in a search. */
export type Counts = (answer: AuthorizationResult) => answer is Grant;

/** What counts in a search: grants, `certain` ones alone where it asks for these. */
export const countsWhere =
  (certain: boolean): Counts =>
  (answer): answer is Grant =>
    answer.kind === 'granted' && (answer.certain || !certain);

/** Allowed only if the condition holds, which the snapshot does not tell. */
export const conditional = (condition: VerdictCondition): Grant => granted([], [condition]);

/** All of these, evaluated in order up to the first refusal. */
export function allOf(...questions: readonly (() => AuthorizationResult)[]): AuthorizationResult {
  let all: Grant = nothing;
  for (const question of questions) {
    const answer = question();
    if (answer.kind === 'refused') return answer;
    all = both(all, answer);
  }
  return all;
}

const nothing: Grant = granted();

const isEmpty = ({ statements, conditions, calls }: Grant): boolean =>
  statements.length === 0 && conditions.length === 0 && calls === undefined;

/** Both grants together. Most have nothing to add to the other. */
function both(a: Grant, b: Grant): Grant {
  if (isEmpty(a)) return b;
  if (isEmpty(b)) return a;
  const calls = joinUnique(a.calls ?? [], b.calls ?? []);
  const grant = granted(joinUnique(a.statements, b.statements), joinUnique(a.conditions, b.conditions));
  return calls.length === 0 ? grant : { ...grant, calls };
}

/**
 * The best of these: a certain grant if there is one, else one with conditions. Evaluated in order up to the first certain grant.
 */
export function anyOf(questions: Iterable<() => AuthorizationResult>): AuthorizationResult {
  let conditional: Grant | undefined;
  const blockers: Blocker[] = [];
  for (const question of questions) {
    const answer = question();
    if (answer.kind === 'refused') blockers.push(...answer.blockers);
    else if (answer.certain) return answer;
    else conditional ??= answer;
  }
  return conditional ?? refused(unique(blockers));
}

/** The items without duplicates, compared by value. */
export function unique<T>(items: readonly T[]): readonly T[] {
  if (items.length < 2) return items;
  if (new Set(items).size < 2) return items.slice(0, 1);
  return [...new Map(items.map((item) => [typeof item === 'string' ? item : JSON.stringify(item), item])).values()];
}

/** The items of both lists without duplicates. No list has duplicates of its own, and mostly only one list has items. */
function joinUnique<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : unique([...a, ...b]);
}

/** The conditions of an answer that the caller does not control. */
export const openConditions = (answer: AuthorizationResult): readonly VerdictCondition[] =>
  answer.kind === 'granted' ? unique(answer.conditions.filter(({ controlledBy }) => controlledBy !== 'caller')) : [];
