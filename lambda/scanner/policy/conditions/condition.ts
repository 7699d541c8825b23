import type { Context, Controller, KnownValue, UnknownValue } from '../context.ts';
import { isMultivalued } from '../multivalued-keys.ts';
import { operatorText } from '../policy.ts';
import type { Condition, ConditionOperator, Effect } from '../policy.ts';
import { possibleValues } from '../possible-values.ts';
import type { UnknownVariable } from '../variables.ts';
import { compileNull } from './null.ts';
import { operators } from './operators.ts';
import type { Match, Operator, ValueMatch, ValueTest } from './value-test.ts';

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

/** The answer for the values of a request; `failed`: the policy cannot be read. */
type Answer = Match | 'failed';

/**
 * The answers of one condition. `present` is used only for a key that has a value; `always` is the answer for an unknown key,
 * where there is one.
 */
interface Answers {
  readonly absent: boolean;
  readonly present: (values: readonly string[], context: Context) => Answer;
  readonly always: boolean | undefined;
  /** The answer for an unknown key in a request in which variables have no value, where there is one. */
  readonly withoutVariables: (context: Context) => boolean | undefined;
}

/**
 * Compiles one condition of a statement; `variables` says whether `${…}` is a variable in this version of the language.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function compileCondition(condition: Condition, effect: Effect, variables: boolean): CompiledCondition {
  const key = condition.key.toLowerCase();
  const answers = answersOf(key, condition, variables);
  const operator = operatorText(condition.operator);
  const dependsOn = rememberDependency((variable) => ({ ...variable, operator, values: condition.values, effect }));
  const answerTo = (value: KnownValue, context: Context): Match => {
    if (value.state === 'absent' || value.values.length === 0) return answers.absent;
    const answer = answers.present(value.values, context);
    return answer === 'failed' ? effect === 'Deny' : answer;
  };
  const hasVariables = variables && condition.values.some((text) => text.includes('${'));
  const answerToUnknown = (value: UnknownValue, context: Context): boolean | undefined => {
    const never = hasVariables ? answers.withoutVariables(context) : undefined;
    if (never !== undefined) return never;
    // A variable may have any value, so that no list of values stands for all.
    if (value.usual === undefined)
      return value.among && !hasVariables ? agreed(possibleValues(value, condition.values), context) : undefined;
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

function answersOf(key: string, { operator, values }: Condition, variables: boolean): Answers {
  const withoutVariables = () => undefined;
  if (operator.name === 'Null') {
    const { ifAbsent, ifPresent } = compileNull(values);
    return {
      absent: ifAbsent,
      present: () => ifPresent,
      always: ifAbsent === ifPresent ? ifAbsent : undefined,
      withoutVariables,
    };
  }
  const comparison = operators[operator.name];
  const absent = answerToAbsent(operator, comparison);
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  if (operator.qualifier === undefined && isMultivalued(key))
    return { absent, present: () => false, always: absent ? undefined : false, withoutVariables };
  const test = comparison.compile(values, variables);
  const anyValue = answerToAnyValue(test, comparison);
  return {
    absent,
    present: quantify(operator, comparison, test),
    always: absent === anyValue ? absent : undefined,
    withoutVariables: (context) => (absent === comparison.negated && test.isImpossible?.(context) ? absent : undefined),
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
function answerToAnyValue({ reach }: ValueTest, { negated }: Operator): boolean | undefined {
  if (reach === 'every') return !negated;
  return reach === 'none' ? negated : undefined;
}

/**
 * Compares the values of a key. Without a set operator, several values never match, not even negated.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function quantify({ qualifier }: ConditionOperator, { negated }: Operator, { matches }: ValueTest): Answers['present'] {
  const answerTo = (value: string, context: Context): Answer => settle(negated, matches(value, context));
  if (qualifier !== undefined) return decideSet(qualifier === 'ForAnyValue', answerTo);
  return (values, context) => values.length === 1 && answerTo(values[0] ?? '', context);
}

/**
 * `ForAnyValue` is true as soon as one answer is; `ForAllValues` is false as soon as one is. Else the answer is unknown if one is
 * unknown, and failed if one failed.
 */
function decideSet(decisive: boolean, answerTo: (value: string, context: Context) => Answer): Answers['present'] {
  return (values, context) => {
    let result: Answer = !decisive;
    for (const value of values) {
      const answer = answerTo(value, context);
      if (answer === decisive) return decisive;
      if (typeof answer === 'object' || (answer === 'failed' && typeof result === 'boolean')) result = answer;
    }
    return result;
  };
}

/** A malformed value of the request does not match, negated or not. */
function settle(negated: boolean, match: ValueMatch): Answer {
  if (typeof match === 'boolean') return match !== negated;
  return match === 'malformed' ? false : match;
}
