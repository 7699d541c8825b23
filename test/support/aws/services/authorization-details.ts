import type { Json } from '../../../../lambda/scanner/model/json.ts';
import type { Call, Handler } from '../call.ts';
import { list, text } from '../json-access.ts';
import { pageOf } from '../pages.ts';
import { factOf } from '../served.ts';
import { isBoundaryOnly } from './policies.ts';

const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;

interface Item {
  readonly in: (typeof LISTS)[number];
  readonly value: Json;
}

/** One marker walks the users, groups, roles and policies, in this order, as if they were one list. */
export const getAccountAuthorizationDetails: Handler = (served, call) => {
  const details = factOf(served, call, 'identities');
  const wanted = filterOf(call);
  const listed = (name: Item['in']) => list(details, name).filter((value) => name !== 'Policies' || !isBoundaryOnly(value));
  const items = LISTS.flatMap((name) => listed(name).map((value): Item => ({ in: name, value })));
  const page = pageOf(served, call, wanted.size === 0 ? items : items.filter((item) => wanted.has(kindOf(item))));
  const inList = (name: Item['in']) => page.items.filter((item) => item.in === name).map(({ value }) => value);
  return { ...Object.fromEntries<Json>(LISTS.map((name) => [name, inList(name)])), ...page.end };
};

const filterOf = ({ parameters }: Call): ReadonlySet<string> =>
  new Set([...parameters].flatMap(([name, value]) => (name.startsWith('Filter.member.') ? [value] : [])));

function kindOf({ in: name, value }: Item): string {
  if (name !== 'Policies') return name.replace('DetailList', '');
  return text(value, 'Arn')?.includes(':iam::aws:policy/') === true ? 'AWSManagedPolicy' : 'LocalManagedPolicy';
}
