/**
 * `Null`: `true` asks for a key that is absent, `false` for one that is there; several values are alternatives.
 * Gives the answer for either case, so that a key nobody knows can be judged too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
 */
export function compileNull(values: readonly string[]): { readonly ifAbsent: boolean; readonly ifPresent: boolean } {
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  return { ifAbsent: wanted.has('true'), ifPresent: wanted.has('false') };
}
