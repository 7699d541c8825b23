import { type CrossAccountReach, PATHS_TOLD, type PrincipalReach, type ReachPath } from '../model/reach.ts';

/** The accounts in which a principal gets admin access, in plain JSON, with as many paths as a finding shows. */
export interface SavedReach extends Omit<PrincipalReach, 'paths'> {
  readonly paths: readonly ReachPath[];
}

/** The cross-account reach of the principals of one account, to be evaluated elsewhere. */
export const saveReach = (reach: ReadonlyMap<string, PrincipalReach>): readonly SavedReach[] =>
  [...reach.values()].map((principal) => ({ ...principal, paths: principal.paths(PATHS_TOLD) }));

/** Restores what was saved. */
export const readReach = (saved: readonly SavedReach[]): CrossAccountReach =>
  new Map(saved.map((principal) => [principal.arn, { ...principal, paths: (most) => principal.paths.slice(0, most) }]));
