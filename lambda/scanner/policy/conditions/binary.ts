import { matchesNothing, matching, testing } from './value-test.ts';
import type { CompileValue } from './value-test.ts';

const binaryEquals: CompileValue = (value) => {
  const wanted = decode(value);
  return wanted === undefined ? matchesNothing : testing((actual) => decode(actual) === wanted);
};

/** The bytes of base64 text, one character each, or undefined where the text is not base64; padding is optional. */
function decode(text: string): string | undefined {
  const digits = text.replace(/={1,2}$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(digits) || digits.length % 4 === 1) return undefined;
  return atob(digits);
}

/**
 * `BinaryEquals`: base64 in the policy and in the request, compared byte by byte.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
 */
export const binaryOperators = { BinaryEquals: matching(binaryEquals) };
