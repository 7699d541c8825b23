import type { RawFactName } from './index.ts';
import type { OrganizationPart } from './organization-parts/index.ts';
import type { FactName } from './snapshot.ts';

/** The name of a fact that is computed from others. */
type DerivedFactName = Exclude<FactName, RawFactName>;

/** The facts that are computed and not asked for, with the facts that they are computed from: those are what they cost. */
export const derivedFrom: Readonly<Record<DerivedFactName, readonly RawFactName[]>> = {
  access: ['identities'],
  certificateTrust: ['rolesAnywhere'],
  coverage: [],
  listedAccounts: [],
  previous: [],
  drift: ['identities'],
  crossAccountReach: ['identities'],
  centralPowers: ['identities'],
  wholeOrganization: [],
};

/** What AWS Organizations decides about the permissions in an account: SCPs, RCPs, delegated administrators, trusted services. */
const deciding: readonly OrganizationPart[] = [
  ...(['Organization', 'Accounts', 'Roots', 'OrganizationalUnits', 'Policies'] as const),
  ...(['DelegatedAdministrators', 'EnabledServicePrincipals'] as const),
];

/** The parts of the organization that they are computed from too. The parts that a check reads of the whole organization are noticed. */
export const partsBehind: Readonly<Record<DerivedFactName, readonly OrganizationPart[]>> = {
  access: deciding,
  certificateTrust: [],
  coverage: [],
  listedAccounts: ['Accounts'],
  previous: [],
  drift: [],
  crossAccountReach: [...deciding, 'ResourcePolicy'],
  centralPowers: deciding,
  wholeOrganization: [],
};
