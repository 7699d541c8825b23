import type { RawFactName } from './index.ts';
import type { FactName } from './snapshot.ts';

/** The facts that are computed and not asked for, with the facts that they are computed from: those are what they cost. */
export const derivedFrom: Readonly<Record<Exclude<FactName, RawFactName>, readonly RawFactName[]>> = {
  access: ['identities'],
  certificateTrust: ['rolesAnywhere'],
  coverage: [],
  previous: [],
  drift: ['identities'],
  crossAccountReach: ['identities'],
  centralPowers: ['identities'],
  wholeOrganization: [],
};
