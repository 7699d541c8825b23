import type { MemberAccount } from '../facts/organization-parts/accounts.ts';
import type { OrganizationAccount } from '../facts/organization-parts/listed-accounts.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import {
  type Environment,
  type EnvironmentMembers,
  type EnvironmentOf,
  environmentInName,
  environments,
} from '../model/environment.ts';
import { ifCollected } from '../model/observed.ts';
import { ancestorsOf } from './hierarchy.ts';

/**
 * Tells the environment of each account. The configuration decides, first by the account, then by the nearest of its
 * organizational units. What it does not say, the name of the account says, then the name of the nearest unit.
 */
export function createEnvironments(
  configured: EnvironmentMembers,
  organization: OrganizationSnapshot | undefined,
  listed: readonly OrganizationAccount[] = [],
): EnvironmentOf {
  const members = new Map(ifCollected(organization?.Accounts)?.map((account) => [account.id, account]) ?? []);
  const names = new Map(listed.map(({ id, name }) => [id, name]));
  const units = new Map(ifCollected(organization?.OrganizationalUnits)?.map(({ id, name }) => [id, name]) ?? []);
  const unitsOf = (account: MemberAccount | undefined) =>
    (organization && account ? (ancestorsOf(organization, account) ?? []) : []).map(({ id }) => id).toReversed();
  const known = new Map<string, Environment | undefined>();
  const find: EnvironmentOf = (id) => {
    const account = members.get(id);
    const above = unitsOf(account);
    const unitNames = above.flatMap((unit) => units.get(unit) ?? []);
    return (
      first([id, ...above.flatMap((unit) => [unit, units.get(unit) ?? unit])], (name) => configuredFor(configured, name)) ??
      first([account?.name ?? names.get(id) ?? '', ...unitNames], environmentInName)
    );
  };
  return (id) => {
    if (!known.has(id)) known.set(id, find(id));
    return known.get(id);
  };
}

const configuredFor = (configured: EnvironmentMembers, name: string): Environment | undefined =>
  environments.find((environment) => configured[environment]?.includes(name));

const first = (names: readonly string[], of: (name: string) => Environment | undefined): Environment | undefined => {
  for (const name of names) {
    const found = of(name);
    if (found !== undefined) return found;
  }
  return undefined;
};
