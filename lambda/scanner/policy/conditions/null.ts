import { isTrue } from './boolean.ts';

/**
 * `Null`: `true` requires that the key is absent, any other text that it is present; several values are alternatives. Returns the
 * answer for both cases, so that an unknown key can be decided too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
 */
export function compileNull(values: readonly string[]): { readonly ifAbsent: boolean; readonly ifPresent: boolean } {
  return { ifAbsent: values.some(isTrue), ifPresent: !values.every(isTrue) };
}
