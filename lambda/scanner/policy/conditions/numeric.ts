import { matchesNothing, matching, notMatching, testing } from './value-test.ts';
import type { CompileValue } from './value-test.ts';

type Compare = (actual: number, wanted: number) => boolean;

const numeric =
  (compare: Compare): CompileValue =>
  (value) => {
    const wanted = parseNumber(value);
    if (wanted === undefined) return matchesNothing;
    return testing((text) => {
      const actual = parseNumber(text);
      return actual !== undefined && compare(actual, wanted);
    });
  };

/** An integer or a decimal, with an optional sign; `NaN`, `Infinity` and hexadecimal text are not numbers here. */
function parseNumber(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}

const isEqual = numeric((actual, wanted) => actual === wanted);

/**
 * Numeric operators.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */
export const numericOperators = {
  NumericEquals: matching(isEqual),
  NumericNotEquals: notMatching(isEqual),
  NumericLessThan: matching(numeric((actual, wanted) => actual < wanted)),
  NumericLessThanEquals: matching(numeric((actual, wanted) => actual <= wanted)),
  NumericGreaterThan: matching(numeric((actual, wanted) => actual > wanted)),
  NumericGreaterThanEquals: matching(numeric((actual, wanted) => actual >= wanted)),
};
