import type { RawFactName } from '../../../../lambda/scanner/facts/index.ts';
import type { Handler } from '../call.ts';
import { field, list, text } from '../json-access.ts';
import { pageOf } from '../pages.ts';
import { noSuchEntity } from '../refusal.ts';
import { exists, factOf, itemOf, userOf } from '../served.ts';

/** What one user has of a kind, by page; nothing where the snapshot does not say. */
export const listOfUser =
  (fact: RawFactName, name: string): Handler =>
  (served, call) => {
    const { items, end } = pageOf(served, call, list(itemOf(served, call, fact, userOf(served, call)), name));
    return { [name]: items, ...end };
  };

/** When a key was last used; `N/A` for a service and a Region that there are not. */
export const getAccessKeyLastUsed: Handler = (served, call) => {
  const id = call.parameters.get('AccessKeyId') ?? '';
  const answer = itemOf(served, call, 'accessKeyLastUsed', id);
  const owner = text(answer, 'UserName') ?? served.keyOwners.get(id);
  if ((answer === undefined && owner === undefined) || (owner !== undefined && !exists(served, owner)))
    throw noSuchEntity(`The Access Key with id ${id} cannot be found`);
  const use = field(answer, 'AccessKeyLastUsed');
  return {
    UserName: owner ?? null,
    AccessKeyLastUsed: {
      Region: text(use, 'Region') ?? 'N/A',
      ServiceName: text(use, 'ServiceName') ?? 'N/A',
      LastUsedDate: field(use, 'LastUsedDate') ?? null,
    },
  };
};

/** The service-specific credentials of one user, or of all with `AllUsers`, by page. */
export const listServiceSpecificCredentials: Handler = (served, call) => {
  const all = list(factOf(served, call, 'serviceCredentials'), 'ServiceSpecificCredentials');
  const user = call.parameters.get('AllUsers') === 'true' ? undefined : userOf(served, call);
  const service = call.parameters.get('ServiceName');
  const wanted = all.filter(
    (credential) =>
      (user === undefined || text(credential, 'UserName') === user) &&
      (service === undefined || text(credential, 'ServiceName') === service),
  );
  const { items, end } = pageOf(served, call, wanted);
  return { ServiceSpecificCredentials: items, ...end };
};

/** The password of a user, if it has one. */
export const getLoginProfile: Handler = (served, call) => {
  const user = userOf(served, call);
  const profile = field(itemOf(served, call, 'loginProfiles', user), 'LoginProfile');
  if (profile == null) throw noSuchEntity(`Login Profile for User ${user} cannot be found.`);
  return { LoginProfile: profile };
};
