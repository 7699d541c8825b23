import type { Context } from '../context.ts';
import type { UnknownVariable } from '../variables.ts';

/** Whether a pattern matches: yes, no, or it depends on an unknown variable. */
export type Match = boolean | UnknownVariable;

/**
 * Whether a value of the request matches. `malformed`: the operator cannot read the value, which then does not match, not even
 * negated. `failed`: the operator cannot read the policy; an Allow then does not apply, and a Deny does.
 */
export type ValueMatch = Match | 'malformed' | 'failed';

/**
 * The values of a policy, compiled for their operator, negation left out. `reach` tells what holds for all requests: `every` text
 * matches, `none` does, or it depends on the text (`some`).
 */
export interface ValueTest {
  readonly reach: 'every' | 'none' | 'some';
  readonly matches: (value: string, context: Context) => ValueMatch;
  /** Whether no text matches in this request, since a variable has no value in it. */
  readonly isImpossible?: (context: Context) => boolean;
}

/** Compiles one policy value; `variables` says whether `${…}` is a variable (language version 2012-10-17) or plain text. */
export type CompileValue = (value: string, variables: boolean) => ValueTest;

/** Compiles all policy values of a condition, which are alternatives. */
export type CompileValues = (values: readonly string[], variables: boolean) => ValueTest;

/** An operator without its `Not`: `negated` inverts the answer. */
export interface Operator {
  readonly negated: boolean;
  readonly compile: CompileValues;
}

/** A policy value that its operator cannot read: nothing matches it. */
export const matchesNothing: ValueTest = { reach: 'none', matches: () => false };

/** A test that needs only the value of the request. */
export const testing = (matches: (value: string) => ValueMatch): ValueTest => ({ reach: 'some', matches });

/** The operator that is true where a policy value matches. */
export const matching = (compile: CompileValue): Operator => ({ negated: false, compile: anyOf(compile) });

/** The operator that is true where no policy value matches. */
export const notMatching = (compile: CompileValue): Operator => ({ negated: true, compile: anyOf(compile) });

/** The negated operator where a value of the request may be malformed: even if no policy value can match, the answer may be no. */
export const notMatchingReadable = (compile: CompileValues): Operator => ({
  negated: true,
  compile: (values, variables) => ({ reach: 'some', matches: compile(values, variables).matches }),
});

const anyOf =
  (compile: CompileValue): CompileValues =>
  (values, variables) => {
    const [only = matchesNothing, ...others] = values.map((value) => compile(value, variables));
    return others.length === 0 ? only : anyTest([only, ...others]);
  };

/** Whether no text matches any of the tests in a request. */
export const areImpossible =
  (tests: readonly ValueTest[]) =>
  (context: Context): boolean =>
    tests.every(({ reach, isImpossible }) => reach === 'none' || isImpossible?.(context));

function anyTest(tests: readonly ValueTest[]): ValueTest {
  const reaches =
    (reach: ValueTest['reach']): ((test: ValueTest) => boolean) =>
    (test) =>
      test.reach === reach;
  return {
    reach: tests.some(reaches('every')) ? 'every' : tests.every(reaches('none')) ? 'none' : 'some',
    isImpossible: areImpossible(tests),
    matches: (value, context) => {
      let result: ValueMatch = false;
      for (const test of tests) {
        const match = test.matches(value, context);
        if (match === true) return true;
        if (match !== false && result === false) result = match;
      }
      return result;
    },
  };
}
