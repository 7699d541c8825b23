import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import { isAccountId } from '../model/arn.ts';
import type { IsAmong } from '../model/assertion.ts';
import { type Environment, type EnvironmentOf, environments } from '../model/environment.ts';
import { type Observed, collected, ifCollected, unavailable } from '../model/observed.ts';
import { ancestorsOf } from './hierarchy.ts';

/**
 * Tells whether an account is meant by names of accounts, environments and organizational units. A unit that the organization does not
 * have is a typing error, which must not make a statement about no account.
 */
export function createIsAmong(organization: OrganizationSnapshot | undefined, environmentOf: EnvironmentOf): IsAmong {
  const isIn = (accountId: string, name: string): Observed<boolean> => {
    if (isAccountId(name)) return collected(accountId === name);
    return isEnvironment(name) ? isOfEnvironment(accountId, name) : isInUnit(organization, accountId, name);
  };
  const isOfEnvironment = (accountId: string, name: Environment): Observed<boolean> => {
    const environment = environmentOf(accountId);
    // An account of a known name that belongs to no environment, such as one for logs, is in none.
    if (environment !== undefined || isListed(organization, accountId)) return collected(environment === name);
    return unavailable(`the environment of account ${accountId} is not known: add the account to environments`);
  };
  return (accountId, names) => {
    if (names === undefined) return collected(true);
    const answers = names.map((name) => isIn(accountId, name));
    if (answers.some((answer) => answer.status === 'collected' && answer.value)) return collected(true);
    return answers.find(({ status }) => status === 'unavailable') ?? collected(false);
  };
}

const isListed = (organization: OrganizationSnapshot | undefined, accountId: string): boolean =>
  organization?.Accounts.status === 'collected' && organization.Accounts.value.some(({ id }) => id === accountId);

const isEnvironment = (name: string): name is Environment => environments.some((environment) => environment === name);

function isInUnit(organization: OrganizationSnapshot | undefined, accountId: string, unit: string): Observed<boolean> {
  if (organization === undefined) return unavailable(`the organizational units are not known, and so not whether ${unit} is one`);
  const { Accounts, OrganizationalUnits, Roots } = organization;
  if (Accounts.status === 'unavailable') return Accounts;
  if (OrganizationalUnits.status === 'unavailable') return OrganizationalUnits;
  const roots = ifCollected(Roots)?.map(({ id }) => id) ?? [];
  const ids = OrganizationalUnits.value.flatMap(({ id, name }) => (id === unit || name === unit ? id : []));
  if (ids.length === 0 && !roots.includes(unit)) return unavailable(`there is no organizational unit ${unit}`);
  const account = Accounts.value.find(({ id }) => id === accountId);
  const above = account && ancestorsOf(organization, account);
  if (above === undefined) return unavailable(`the organizational units of account ${accountId} are not known`);
  return collected(above.some(({ id }) => id === unit || ids.includes(id)));
}
