import type { Facts, ObservedFacts, Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { emptyAccount } from './builders.ts';

/** All facts of an account, collected: these, and otherwise nothing. */
export function collectedFacts(facts: Partial<Facts> = {}): ObservedFacts {
  const all = Object.entries({ ...emptyAccount, ...facts });
  // Each fact is collected under its own name, which is what the type says.
  return Object.fromEntries(all.map(([name, value]) => [name, collected<unknown>(value)])) as unknown as ObservedFacts;
}

/** The facts of an account that has nothing, collected, but for these: they are as they were observed. */
export const observedFacts = (facts: Partial<Snapshot['facts']> = {}): Snapshot['facts'] => ({ ...collectedFacts(), ...facts });
