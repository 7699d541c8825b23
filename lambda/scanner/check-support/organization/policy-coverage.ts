import type { MemberAccount } from '../../facts/organization-parts/accounts.ts';
import type { GuardrailPolicy } from '../../facts/organization-parts/policies.ts';
import type { OrganizationSnapshot } from '../../facts/organization-parts/organization-snapshot.ts';
import { ancestorsOf } from '../../organization/hierarchy.ts';
import { summarizeList } from '../wording/summarize-list.ts';
import { ifCollected } from '../../model/observed.ts';

/** Member accounts of one root or organizational unit to which the same policies apply, so that they share one finding. */
export interface PolicyCoverage {
  /** The ID of the organizational unit or the root; of the account itself if the accounts differ, or if their unit is not known. */
  readonly id: string;
  /** How a sentence names it: `organizational unit Work`. */
  readonly label: string;
  /** The accounts in a sentence: `accounts 222233334444 and 333344445555`. */
  readonly affected: string;
  readonly accounts: readonly MemberAccount[];
  /** The names of the policies that apply, except those that AWS attaches everywhere. */
  readonly names: readonly string[];
}

/** The policies, all of one kind, that apply to the active member accounts, from all levels. */
export function policyCoverage(
  organization: OrganizationSnapshot,
  policies: readonly Pick<GuardrailPolicy, 'id' | 'name' | 'targets'>[],
): readonly PolicyCoverage[] {
  const { Accounts, Organization } = organization;
  if (Accounts.status === 'unavailable') return [];
  const management = ifCollected(Organization)?.managementAccountId;
  const own = policies.filter((policy) => !policy.id.endsWith('FullAWSAccess'));
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

function coversOf(located: readonly Located[]): readonly PolicyCoverage[] {
  const [first] = located;
  if (first?.place === undefined || located.some(({ isAttachedHere }) => isAttachedHere))
    return located.map(({ account, names }) => ({
      ...{ id: account.id, accounts: [account], names },
      label: `account ${account.id}${account.name === '' ? '' : ` (${account.name})`}`,
      affected: `account ${account.id}`,
    }));
  const accounts = located.map(({ account }) => account);
  const affected = `${accounts.length === 1 ? 'account' : 'accounts'} ${summarizeList(accounts.map(({ id }) => id))}`;
  const { id, name } = first.place;
  return [{ id, label: name === 'root' ? 'the organization root' : name, affected, accounts, names: first.names }];
}
