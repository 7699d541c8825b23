/** Whether long runs are made in full; otherwise they are smaller, and still have a case of each kind. */
export const isFull = process.env['CI_FULL'] === '1';

/** How many random cases to run. A seed that fast-check prints for a failure holds at either volume. */
export const volume = ({ usual, full }: { readonly usual: number; readonly full: number }): number => {
  if (isFull) return full;
  // Mutation testing runs the same tests thousands of times.
  return process.env['IAM_VIGIL_VOLUME'] === 'brief' ? Math.ceil(usual / 6) : usual;
};
