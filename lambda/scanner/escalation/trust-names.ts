import type { Account } from '../iam/account.ts';
import type { Principal } from '../iam/principal.ts';
import { derivedValues } from '../model/derived-values.ts';
import { getOrCreate } from '../model/get-or-create.ts';

const ANYONE = '*';

const indexes = derivedValues.table<Account, ReadonlyMap<string, readonly Principal[]>>();

/** The roles of the account by the names that their trust policies give: ARNs, unique ids, `role/NAME` of a session, or `*`. */
export const indexTrustNames = (account: Account): ReadonlyMap<string, readonly Principal[]> =>
  indexes.getOrCreate(account, () => buildIndex(account));

function buildIndex({ principals, trusts }: Account): ReadonlyMap<string, readonly Principal[]> {
  const byName = new Map<string, Principal[]>();
  for (const target of principals) {
    const elements = (trusts.get(target.arn)?.statements ?? []).flatMap(({ source: { principal } }) => principal ?? []);
    const names = elements.flatMap(({ negated, entries }) => (negated ? [ANYONE] : entries.map(({ value }) => nameOf(value))));
    for (const name of new Set(names)) getOrCreate(byName, name, () => []).push(target);
  }
  return byName;
}

/** The names under which a trust policy may name the principal itself, and not only its account. */
export const namesInTrust = ({ arn, identity }: Principal): readonly string[] => [
  arn,
  identity.id,
  `role/${identity.name}`,
  ANYONE,
];

const nameOf = (value: string): string => (value.includes(':assumed-role/') ? `role/${value.split('/')[1] ?? ''}` : value);
