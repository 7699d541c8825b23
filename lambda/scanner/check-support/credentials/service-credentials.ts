import type { CheckContext, Subject } from '../../check.ts';
import type { ServiceCredential } from '../../facts/service-credentials.ts';
import type { User } from '../../facts/identity.ts';
import type { Instant } from '../../model/instant.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { accountSubject } from '../../model/account-subject.ts';
import { userResource } from './users.ts';

/** A service-specific credential of an IAM user. */
export interface ServiceCredentialSubject extends Subject {
  readonly user: User;
  readonly credential: ServiceCredential;
}

/** The service-specific credentials that work at the given time: active, and not expired. Those with unread fields are left out. */
export function usableServiceCredentials(
  { identities, serviceCredentials }: Pick<Facts, 'identities' | 'serviceCredentials'>,
  now: Instant,
): readonly ServiceCredentialSubject[] {
  const users = new Map(identities.users.map((user) => [user.name, user]));
  return serviceCredentials.flatMap((credential) => {
    const user = users.get(credential.userName ?? '');
    const isUsable = credential.active && (credential.expiresAt === undefined || credential.expiresAt > now);
    if (!user || !isUsable || credential.unread !== undefined) return [];
    const resource = { ...userResource(user), id: `${user.id}/${credential.id}` };
    return [{ resource, principalArn: user.arn, user, credential }];
  });
}

/** A credential of which a field cannot be read: of its user, or of the account if it is the user that cannot be read. */
export interface UnreadCredentialSubject extends Subject {
  readonly unread: readonly string[];
}

/** The service-specific credentials that cannot be judged, because a field cannot be read. */
export function unreadServiceCredentials(
  { identities, serviceCredentials }: Pick<Facts, 'identities' | 'serviceCredentials'>,
  context: Pick<CheckContext, 'accountId'>,
): readonly UnreadCredentialSubject[] {
  const users = new Map(identities.users.map((user) => [user.name, user]));
  return serviceCredentials.flatMap(({ id, userName, unread }) => {
    if (unread === undefined) return [];
    const user = users.get(userName ?? '');
    const { resource } = user ? { resource: userResource(user) } : accountSubject(context);
    return [{ resource: { ...resource, id: `${resource.id}/${id}` }, unread }];
  });
}
