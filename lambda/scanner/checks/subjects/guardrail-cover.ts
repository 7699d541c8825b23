import type { MemberAccount } from '../../facts/organization-parts/accounts.ts';
import type { GuardrailPolicy } from '../../facts/organization-parts/policies.ts';
import type { OrganizationSnapshot } from '../../facts/organization-parts/organization-snapshot.ts';
import { ancestorsOf } from '../../organization/hierarchy.ts';
import { someOf } from './some-of.ts';

/** Member accounts that lie in one place with the same policies over them: what is wrong with one of them is wrong with all. */
export interface Cover {
  /** The id of the unit or the root that they lie in; of the account itself where accounts of one place differ, or it is not known. */
  readonly id: string;
  /** What a sentence calls them: `organizational unit Work (accounts 222233334444 and 333344445555)`. */
  readonly label: string;
  readonly accounts: readonly MemberAccount[];
  /** The names of the policies of the kind over them, but for those that AWS attaches everywhere. */
  readonly names: readonly string[];
}

/** The policies of a kind over the active member accounts, at whatever level they are attached. */
export function policiesOver(
  organization: OrganizationSnapshot,
  policies: readonly GuardrailPolicy[],
  kind: GuardrailPolicy['kind'],
): readonly Cover[] {
  const { Accounts, Organization } = organization;
  if (Accounts.status === 'unavailable') return [];
  const management = Organization.status === 'collected' ? Organization.value.managementAccountId : undefined;
  const own = policies.filter((policy) => policy.kind === kind && !policy.id.endsWith('FullAWSAccess'));
  const byPlace = new Map<string, Located[]>();
  for (const account of Accounts.value.filter(({ id, state }) => id !== management && state === 'ACTIVE')) {
    const above = ancestorsOf(organization, account) ?? [];
    const levels = new Set([account.id, ...above.map(({ id }) => id)]);
    const names = own.filter(({ targets }) => targets.some((target) => levels.has(target))).map(({ name, id }) => name || id);
    const place = above.at(-1);
    const located = { account, names, isAttachedHere: own.some(({ targets }) => targets.includes(account.id)), place };
    const key = place?.id ?? account.id;
    byPlace.set(key, [...(byPlace.get(key) ?? []), located]);
  }
  return [...byPlace.values()].flatMap(coversOf);
}

interface Located {
  readonly account: MemberAccount;
  readonly names: readonly string[];
  readonly isAttachedHere: boolean;
  readonly place: { readonly id: string; readonly name: string } | undefined;
}

function coversOf(located: readonly Located[]): readonly Cover[] {
  const [first] = located;
  if (first?.place === undefined || located.some(({ isAttachedHere }) => isAttachedHere))
    return located.map(({ account, names }) => ({
      ...{ id: account.id, accounts: [account], names },
      label: `account ${account.id}${account.name === '' ? '' : ` (${account.name})`}`,
    }));
  const accounts = located.map(({ account }) => account);
  const listed = `${accounts.length === 1 ? 'account' : 'accounts'} ${someOf(accounts.map(({ id }) => id))}`;
  return [{ id: first.place.id, label: `${first.place.name} (${listed})`, accounts, names: first.names }];
}
