import type { Context, Controller, KnownValue, UnknownValue } from '../context.ts';
import { operatorText } from '../policy.ts';
import type { Condition, ConditionOperator, Effect } from '../policy.ts';
import { possibleValues } from '../possible-values.ts';
import type { UnknownVariable } from '../variables.ts';
import { compileNull } from './null.ts';
import { operators } from './operators.ts';
import type { Match, Operator, ValueTest } from './value-test.ts';

/** A condition that the snapshot cannot decide; `effect` is that of its statement. */
export interface Dependency {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
  readonly controlledBy: Controller;
  readonly effect: Effect;
}

/** True or false whatever the unknown keys are, or else the conditions on which it depends. */
export type Truth = boolean | readonly Dependency[];

/** A compiled condition, for many requests. */
export type CompiledCondition = (context: Context) => Truth;

/**
 * The answers of one condition. `present` is used only for a key that has a value; `always` is the answer for an unknown key,
 * where there is one.
 */
interface Answers {
  readonly absent: boolean;
  readonly present: (values: readonly string[], context: Context) => Match;
  readonly always: boolean | undefined;
}

/**
 * Compiles one condition of a statement; `variables` says whether `${…}` is a variable in this version of the language.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function compileCondition(condition: Condition, effect: Effect, variables: boolean): CompiledCondition {
  const key = condition.key.toLowerCase();
  const answers = answersOf(condition, variables);
  const operator = operatorText(condition.operator);
  const dependsOn = rememberDependency((variable) => ({ ...variable, operator, values: condition.values, effect }));
  const answerTo = (value: KnownValue, context: Context): Match =>
    value.state === 'absent' || value.values.length === 0 ? answers.absent : answers.present(value.values, context);
  const answerToUnknown = (value: UnknownValue, context: Context): boolean | undefined => {
    if (value.usual === undefined) return value.among && agreed(possibleValues(value, condition.values), context);
    // What any caller can do counts as done: an Allow that it satisfies applies, and a Deny that it avoids does not.
    const wanted = effect === 'Allow';
    return answerTo(value.usual, usualContext(context)) === wanted ? wanted : undefined;
  };
  const agreed = (values: readonly KnownValue[], context: Context): boolean | undefined => {
    const [first, ...others] = values.map((value) => answerTo(value, context));
    return typeof first === 'boolean' && others.every((other) => other === first) ? first : undefined;
  };
  return (context) => {
    const value = context(key);
    if (value.state === 'unknown')
      return answers.always ?? answerToUnknown(value, context) ?? dependsOn({ key, controlledBy: value.controlledBy });
    const match = answerTo(value, context);
    return typeof match === 'boolean' ? match : dependsOn(match);
  };
}

/** The context of a call that any caller can make. */
const usualContext =
  (context: Context): Context =>
  (key) => {
    const value = context(key);
    return (value.state === 'unknown' ? value.usual : undefined) ?? value;
  };

/** The same dependency is returned again and again, mostly the one on the key of the condition. */
function rememberDependency(
  make: (variable: UnknownVariable) => Dependency,
): (variable: UnknownVariable) => readonly Dependency[] {
  let latest: readonly Dependency[] = [];
  return (variable) => {
    const [known] = latest;
    if (known?.key !== variable.key || known.controlledBy !== variable.controlledBy) latest = [make(variable)];
    return latest;
  };
}

function answersOf({ operator, values }: Condition, variables: boolean): Answers {
  if (operator.name === 'Null') {
    const { ifAbsent, ifPresent } = compileNull(values);
    const present = (actual: readonly string[]): boolean => (isEmpty(actual) ? ifAbsent : ifPresent);
    return { absent: ifAbsent, present, always: ifAbsent === ifPresent ? ifAbsent : undefined };
  }
  const comparison = operators[operator.name];
  const tests = values.map((value) => comparison.compile(value, variables));
  const absent = answerToAbsent(operator, comparison);
  const anyValue = answerToAnyValue(tests, comparison);
  return {
    absent,
    present: (actual, context) => quantify(operator, comparison, tests, actual, context) ?? absent,
    always: absent === anyValue ? absent : undefined,
  };
}

/**
 * A missing key makes `…IfExists` true, `ForAllValues` true, `ForAnyValue` false, a negated operator true and any other false.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function answerToAbsent({ qualifier, ifExists }: ConditionOperator, { negated }: Operator): boolean {
  if (ifExists || qualifier === 'ForAllValues') return true;
  return qualifier === 'ForAnyValue' ? false : negated;
}

/** The answer that holds for every value of a key, if there is one. */
function answerToAnyValue(tests: readonly ValueTest[], { negated }: Operator): boolean | undefined {
  if (tests.some(({ reach }) => reach === 'every')) return !negated;
  return tests.every(({ reach }) => reach === 'none') ? negated : undefined;
}

/**
 * Compares all values of a key; undefined where a set operator is used on an empty set.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function quantify(
  { qualifier }: ConditionOperator,
  { negated }: Operator,
  tests: readonly ValueTest[],
  actual: readonly string[],
  context: Context,
): Match | undefined {
  const matchesOne = (value: string): Match => anyOf(tests, (test) => test.matches(value, context));
  if (qualifier === undefined) return negateIf(negated, anyOf(actual, matchesOne));
  if (isEmpty(actual)) return undefined;
  if (qualifier === 'ForAnyValue') return anyOf(actual, (value) => negateIf(negated, matchesOne(value)));
  return negateIf(
    true,
    anyOf(actual, (value) => negateIf(!negated, matchesOne(value))),
  );
}

/**
 * A set of only empty strings is an empty set for `ForAllValues` and `ForAnyValue`, and absent for `Null`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition_examples-multi-valued-context-keys.html
 */
const isEmpty = (values: readonly string[]): boolean => values.every((value) => value === '');

/** Three-valued OR: true if one is true, else unknown if one is unknown. */
function anyOf<T>(items: readonly T[], match: (item: T) => Match): Match {
  let result: Match = false;
  for (const item of items) {
    const answer = match(item);
    if (answer === true) return true;
    if (answer !== false && result === false) result = answer;
  }
  return result;
}

const negateIf = (negated: boolean, match: Match): Match => (negated && typeof match === 'boolean' ? !match : match);
