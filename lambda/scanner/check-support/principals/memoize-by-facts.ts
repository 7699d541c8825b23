import { derivedValues } from '../../model/derived-values.ts';
import type { FactName, Facts } from '../../facts/snapshot.ts';

/**
 * Computes a value from the identities of an account and the other named facts once, for all the checks that use it. Facts never
 * change, so the value stays right. It is released together with the identities.
 */
export function memoizeByFacts<N extends FactName, T>(
  names: readonly N[],
  make: (facts: Pick<Facts, N | 'identities'>) => T,
): (facts: Pick<Facts, N | 'identities'>) => T {
  const known = derivedValues.table<Facts['identities'], { readonly from: Pick<Facts, N>; readonly made: T }>();
  return (facts) => {
    const last = known.get(facts.identities);
    if (last && names.every((name) => last.from[name] === facts[name])) return last.made;
    const made = make(facts);
    known.set(facts.identities, { from: facts, made });
    return made;
  };
}
