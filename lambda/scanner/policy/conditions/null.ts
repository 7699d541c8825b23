/**
 * `Null`: `true` requires that the key is absent, `false` that it is present; several values are alternatives. Returns the answer
 * for both cases, so that an unknown key can be decided too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
 */
export function compileNull(values: readonly string[]): { readonly ifAbsent: boolean; readonly ifPresent: boolean } {
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  return { ifAbsent: wanted.has('true'), ifPresent: wanted.has('false') };
}
