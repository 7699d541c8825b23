import type { Step } from './verdict.ts';

/** The most steps of one path that a report tells. */
export const STEPS_TOLD = 20;

/** The number of all steps of a path. Absent where a report tells every step. */
export interface LeftOutSteps {
  readonly pathSteps?: number;
}

/** How many steps a path has, if more than are told. */
export const leftOutSteps = ({ length }: readonly Step[]): LeftOutSteps => (length > STEPS_TOLD ? { pathSteps: length } : {});

/**
 * Something with its path as a report tells it: the first steps. In a chain of roles each path is a part of the one before, and the
 * principal in the last `to` has the other steps as its own. Told in full, a chain of a thousand roles would take half a million steps.
 */
export const toldPath = <T extends { readonly path: readonly Step[] }>(told: T): T & LeftOutSteps => ({
  ...told,
  path: told.path.slice(0, STEPS_TOLD),
  ...leftOutSteps(told.path),
});
