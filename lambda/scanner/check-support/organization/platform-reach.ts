import type { CheckContext } from '../../check.ts';
import { type PlatformKind, platformKind } from '../../iam/platform-role-names.ts';
import { accountSubject } from '../../model/account-subject.ts';
import { getOrCreate } from '../../model/get-or-create.ts';
import { PATHS_TOLD } from '../../model/reach.ts';
import { type AccountReach, accountReaches, otherAccounts, throughAll } from './account-reach.ts';

type Context = Pick<CheckContext, 'accountId'>;

/** As {@link accountReaches}, with the platform roles of one kind as one, where there are several of them. */
export function groupedReaches(...[facts, context]: Parameters<typeof accountReaches>): readonly AccountReach[] {
  const reaches = accountReaches(facts, context);
  const kinds = new Map<PlatformKind, AccountReach[]>();
  for (const reach of reaches) {
    const kind = reach.platform ? platformKind(context.accountId, reach.resource.name) : undefined;
    if (kind !== undefined) getOrCreate(kinds, kind, () => []).push(reach);
  }
  const groups = [...kinds].filter(([, members]) => members.length > 1);
  const grouped = new Set(groups.flatMap(([, members]) => members));
  return [...reaches.filter((reach) => !grouped.has(reach)), ...groups.map(([kind, members]) => ofKind(kind, members, context))];
}

function ofKind(kind: PlatformKind, members: readonly AccountReach[], context: Context): AccountReach {
  const accounts = [...new Set(members.flatMap((member) => member.accounts))].sort();
  const exceptions = members
    .filter((member) => member.accounts.length < accounts.length)
    .map(({ resource: { name }, accounts }) => ({ name, accounts: otherAccounts(accounts, context) }));
  return {
    resource: { ...accountSubject(context).resource, id: `${context.accountId}/${kind.replaceAll(' ', '-')}` },
    label: `Roles of ${kind} in account ${context.accountId}`,
    accounts,
    most: Math.max(...members.map(({ most }) => most)),
    paths: members.flatMap(({ paths }) => paths).slice(0, PATHS_TOLD),
    through: throughAll(members.map(({ through }) => through)),
    members: members.flatMap(({ principalArn }) => principalArn ?? []),
    roles: { names: members.map(({ resource }) => resource.name), exceptions },
    platform: true,
    isEasilyStolen: members.some((member) => member.isEasilyStolen),
  };
}
