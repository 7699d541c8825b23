import type { Subject } from '../../check.ts';
import type { ServiceCredential } from '../../facts/service-credentials.ts';
import type { User } from '../../facts/identity.ts';
import type { Instant } from '../../model/instant.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { userResource } from './users.ts';

/** A service-specific credential of an IAM user. */
export interface ServiceCredentialSubject extends Subject {
  readonly user: User;
  readonly credential: ServiceCredential;
}

/** The service-specific credentials that work at the given time: active, and not expired. */
export function usableServiceCredentials(
  { identities, serviceCredentials }: Pick<Facts, 'identities' | 'serviceCredentials'>,
  now: Instant,
): readonly ServiceCredentialSubject[] {
  const users = new Map(identities.users.map((user) => [user.name, user]));
  return serviceCredentials.flatMap((credential) => {
    const user = users.get(credential.userName);
    const isUsable = credential.active && (credential.expiresAt === undefined || credential.expiresAt > now);
    if (!user || !isUsable) return [];
    const resource = { ...userResource(user), id: `${user.id}/${credential.id}` };
    return [{ resource, principalArn: user.arn, user, credential }];
  });
}
