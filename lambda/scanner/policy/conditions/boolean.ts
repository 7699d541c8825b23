import { textOf } from '../glob-tokens.ts';
import { parseTemplate } from '../variables.ts';
import { compileVariables, ignoringCase } from './string.ts';
import { matching, testing } from './value-test.ts';
import type { CompileValue } from './value-test.ts';

/** Any text but `true`, in any case, is false: in the policy and in the request, for `Bool` and for `Null`. */
export const isTrue = (text: string): boolean => text.length === 4 && text.toLowerCase() === 'true';

const bool: CompileValue = (value, variables) => {
  const template = variables ? parseTemplate(value) : undefined;
  if (template === undefined) {
    const wanted = isTrue(value);
    return testing((actual) => isTrue(actual) === wanted);
  }
  return compileVariables(template, {
    wildcards: false,
    exact: (glob) => {
      const wanted = isTrue(textOf(glob));
      return (actual) => isTrue(actual) === wanted;
    },
    // With an unknown variable the text may always be false; whether it may be true depends on the rest of the text.
    possible: (glob) => {
      const mayBeTrue = ignoringCase(glob)('true');
      return (actual) => mayBeTrue || !isTrue(actual);
    },
  });
};

/**
 * `Bool`: true or false, in any case; variables are allowed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
 */
export const booleanOperators = { Bool: matching(bool) };
