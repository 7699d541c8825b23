import { type CrossAccountReach, PATHS_TOLD, type PrincipalReach, type ReachPath } from '../model/reach.ts';

/** How far a principal reaches, in plain JSON, with as many of its ways as a finding tells. */
export interface SavedReach extends Omit<PrincipalReach, 'paths'> {
  readonly paths: readonly ReachPath[];
}

/** How far the principals of one account reach, to be judged elsewhere. */
export const saveReach = (reach: ReadonlyMap<string, PrincipalReach>): readonly SavedReach[] =>
  [...reach.values()].map((principal) => ({ ...principal, paths: principal.paths(PATHS_TOLD) }));

/** The same as it was before it was saved. */
export const readReach = (saved: readonly SavedReach[]): CrossAccountReach =>
  new Map(saved.map((principal) => [principal.arn, { ...principal, paths: (most) => principal.paths.slice(0, most) }]));
