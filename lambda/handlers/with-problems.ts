/** The outcome with more that went wrong, if anything did. */
export const withProblems = <T extends { readonly complete: boolean; readonly problems: readonly string[] }>(
  outcome: T,
  more: readonly string[],
): T => ({ ...outcome, complete: outcome.complete && more.length === 0, problems: [...outcome.problems, ...more] });
