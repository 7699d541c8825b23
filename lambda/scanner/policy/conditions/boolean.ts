import { parseTemplate } from '../variables.ts';
import { compileVariables, ignoringCase } from './string.ts';
import { matchesNothing, matching, testing } from './value-test.ts';
import type { CompileValue } from './value-test.ts';

const isBoolean = (text: string): boolean => text === 'true' || text === 'false';

const bool: CompileValue = (value, variables) => {
  const template = variables ? parseTemplate(value) : undefined;
  if (template !== undefined) {
    const test = compileVariables(template, { wildcards: false, exact: ignoringCase, possible: ignoringCase });
    return { reach: 'some', matches: (actual, context) => isBoolean(actual.toLowerCase()) && test.matches(actual, context) };
  }
  const wanted = value.toLowerCase();
  return isBoolean(wanted) ? testing((actual) => actual.toLowerCase() === wanted) : matchesNothing;
};

/**
 * `Bool`: true or false, in any case; variables are allowed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
 */
export const booleanOperators = { Bool: matching(bool) };
