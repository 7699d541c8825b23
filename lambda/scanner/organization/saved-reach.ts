import { getOrCreate } from '../model/get-or-create.ts';
import { type CrossAccountReach, PATHS_TOLD, type PrincipalReach, type ReachPath } from '../model/reach.ts';

/** One principal, whose lists of accounts are numbers of lists of {@link SavedReach}. */
interface SavedPrincipal extends Omit<PrincipalReach, 'accounts' | 'ifConditions' | 'through' | 'paths'> {
  readonly accounts: number;
  readonly ifConditions: number;
  readonly through: number;
  readonly throughCount: number;
  readonly paths: readonly ReachPath[];
}

/**
 * The accounts in which the principals of one account get admin access, in plain JSON, with as many paths as a finding shows. Each list of
 * accounts is there once: many principals reach the same thousands of accounts.
 */
export interface SavedReach {
  readonly lists: readonly (readonly string[])[];
  readonly principals: readonly SavedPrincipal[];
}

/** The cross-account reach of the principals of one account, to be evaluated elsewhere. */
export function saveReach(reach: ReadonlyMap<string, PrincipalReach>): SavedReach {
  const numbers = new Map<readonly string[], number>();
  const numberOf = (list: readonly string[]): number => getOrCreate(numbers, list, () => numbers.size);
  const principals = [...reach.values()].map((principal) => ({
    ...principal,
    ...{ accounts: numberOf(principal.accounts), ifConditions: numberOf(principal.ifConditions) },
    ...{ through: numberOf(principal.through.accounts), throughCount: principal.through.count },
    paths: principal.paths(PATHS_TOLD),
  }));
  return { lists: [...numbers.keys()], principals };
}

/** Restores what was saved. */
export function readReach({ lists, principals }: SavedReach): CrossAccountReach {
  const listOf = (number: number): readonly string[] => lists[number] ?? [];
  return new Map(
    principals.map(({ accounts, ifConditions, through, throughCount, ...principal }) => [
      principal.arn,
      {
        ...{ ...principal, accounts: listOf(accounts), ifConditions: listOf(ifConditions) },
        through: { accounts: listOf(through), count: throughCount },
        paths: (most) => principal.paths.slice(0, most),
      },
    ]),
  );
}
