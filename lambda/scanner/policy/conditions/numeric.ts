import { compareDecimals, isDecimal } from './decimal.ts';
import { matchesNothing, matching, notMatching, testing } from './value-test.ts';
import type { CompileValue } from './value-test.ts';

/** Whether the operator takes this order: negative where the value of the request is less than that of the policy. */
type Accepts = (order: number) => boolean;

const numeric =
  (accepts: Accepts): CompileValue =>
  (wanted) =>
    isDecimal(wanted) ? testing((actual) => isDecimal(actual) && accepts(compareDecimals(actual, wanted))) : matchesNothing;

const isEqual = numeric((order) => order === 0);

/**
 * Numeric operators; numbers are compared exactly, however large they are.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */
export const numericOperators = {
  NumericEquals: matching(isEqual),
  NumericNotEquals: notMatching(isEqual),
  NumericLessThan: matching(numeric((order) => order < 0)),
  NumericLessThanEquals: matching(numeric((order) => order <= 0)),
  NumericGreaterThan: matching(numeric((order) => order > 0)),
  NumericGreaterThanEquals: matching(numeric((order) => order >= 0)),
};
