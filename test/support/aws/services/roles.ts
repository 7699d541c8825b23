import type { Handler } from '../call.ts';
import type { Json } from '../../../../lambda/scanner/model/json.ts';
import { field, list, text } from '../json-access.ts';
import { pageOf } from '../pages.ts';
import { factOf } from '../served.ts';

/** Every role of the account, by page, with the length of its sessions: an hour, where the snapshot says no other. */
export const listRoles: Handler = (served, call) => {
  const sessions = new Map(list(factOf(served, call, 'roleSessions'), 'Roles').map((role) => [text(role, 'RoleName'), role]));
  const { items, end } = pageOf(served, call, list(factOf(served, call, 'identities'), 'RoleDetailList'));
  const roles = items.map((role) => ({
    Path: text(role, 'Path') ?? '/',
    RoleName: text(role, 'RoleName') ?? '',
    RoleId: text(role, 'RoleId') ?? '',
    Arn: text(role, 'Arn') ?? '',
    CreateDate: text(role, 'CreateDate') ?? '',
    ...signInSetting(sessions.get(text(role, 'RoleName'))),
    MaxSessionDuration: field(sessions.get(text(role, 'RoleName')), 'MaxSessionDuration') ?? 3600,
  }));
  return { Roles: roles, ...end };
};

/** The limit on sign-in sessions; AWS leaves it out where it is not set. */
function signInSetting(role: Json | undefined): Readonly<Record<string, Json>> {
  const seconds = field(role, 'MaxSigninSessionDuration');
  return seconds == null ? {} : { MaxSigninSessionDuration: seconds };
}
