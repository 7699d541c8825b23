import type { Handler, Handlers } from '../call.ts';
import { tokenPage } from '../inventory.ts';
import { list } from '../json-access.ts';
import { itemOf } from '../served.ts';

/** One of the lists of the Region, by page. */
const listing =
  (name: string): Handler =>
  (served, call) => {
    const all = list(itemOf(served, call, 'rolesAnywhere', call.region), name);
    const { items, next } = tokenPage(served, call, all, { token: 'nextToken', size: 'pageSize' });
    return { [name]: items, nextToken: next };
  };

/** The actions of IAM Roles Anywhere. */
export const rolesAnywhere: Handlers = new Map([
  ['ListTrustAnchors', listing('trustAnchors')],
  ['ListCrls', listing('crls')],
  ['ListProfiles', listing('profiles')],
]);
