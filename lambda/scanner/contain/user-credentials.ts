import type { Account } from '../iam/account.ts';
import { cli } from '../model/command.ts';
import type { Instant } from '../model/instant.ts';
import { type Observed, ifCollected } from '../model/observed.ts';

/** A credential of a user that works now, and the command that ends it. */
export interface UserCredential {
  /** Of an access key that was listed. */
  readonly keyId?: string;
  readonly ends: string;
  readonly command: string;
  /** When it was created or last changed; absent: that is not known. */
  readonly createdAt?: Instant;
}

/** The credentials of a user, as far as they could be collected. */
export function userCredentials(account: Pick<Account, 'facts'>, name: string): readonly UserCredential[] {
  return [...accessKeys(account, name), ...password(account, name), ...others(account, name)];
}

const ofUser = <T>(fact: Observed<ReadonlyMap<string, Observed<T>>>, name: string): T | undefined => {
  const item = ifCollected(fact)?.get(name);
  return ifCollected(item);
};

const rowOf = ({ facts: { credentialReport } }: Pick<Account, 'facts'>, name: string) =>
  ifCollected(credentialReport)?.rows.get(name);

/** The keys as they were listed. The credential report has no key ids: with it alone, they are to be filled in. */
function accessKeys(account: Pick<Account, 'facts'>, name: string): readonly UserCredential[] {
  const listed = ofUser(account.facts.accessKeys, name);
  if (listed !== undefined)
    return listed
      .filter(({ active }) => active)
      .map(({ id, createdAt }) => ({ keyId: id, ...keyDeactivation(name, id), createdAt }));
  const row = rowOf(account, name);
  const active = row?.keys.filter((key) => key.active);
  if (active?.length === 0) return [];
  const dates = active?.map(({ lastRotated }) => lastRotated) ?? [];
  const known = dates.filter((date) => typeof date === 'number');
  const when = known.length > 0 && known.length === dates.length ? { createdAt: Math.max(...known) } : {};
  return [
    {
      ...keyDeactivation(name, 'KEY_ID'),
      ends: `each active access key of user ${name}, as ${cli('iam list-access-keys', { 'user-name': name })} lists them`,
      ...when,
    },
  ];
}

const keyDeactivation = (name: string, id: string): UserCredential => ({
  ends: `access key ${id} of user ${name}`,
  command: cli('iam update-access-key', { 'user-name': name, 'access-key-id': id, status: 'Inactive' }),
});

/** A user without a row is newer than the report, and may have a password. */
function password(account: Pick<Account, 'facts'>, name: string): readonly UserCredential[] {
  const row = rowOf(account, name);
  if (row?.passwordEnabled === false) return [];
  const changed = row?.passwordLastChanged;
  return [
    {
      ends: `console password of user ${name}`,
      command: cli('iam delete-login-profile', { 'user-name': name }),
      ...(typeof changed === 'number' ? { createdAt: changed } : {}),
    },
  ];
}

function others({ facts }: Pick<Account, 'facts'>, name: string): readonly UserCredential[] {
  const services = ifCollected(facts.serviceCredentials) ?? [];
  return [
    ...services
      .filter(({ userName, active }) => userName === name && active)
      .map(({ id, service, createdAt }) => ({
        ends: `credential ${id} of user ${name} for ${service}`,
        command: cli('iam update-service-specific-credential', {
          'user-name': name,
          'service-specific-credential-id': id,
          status: 'Inactive',
        }),
        createdAt,
      })),
    ...(ofUser(facts.sshPublicKeys, name) ?? [])
      .filter(({ active }) => active)
      .map(({ id, uploadedAt }) => ({
        ends: `SSH public key ${id} of user ${name}`,
        command: cli('iam update-ssh-public-key', { 'user-name': name, 'ssh-public-key-id': id, status: 'Inactive' }),
        createdAt: uploadedAt,
      })),
    ...(ofUser(facts.signingCertificates, name) ?? [])
      .filter(({ active }) => active)
      .map(({ id, uploadedAt }) => ({
        ends: `signing certificate ${id} of user ${name}`,
        command: cli('iam update-signing-certificate', { 'user-name': name, 'certificate-id': id, status: 'Inactive' }),
        ...(uploadedAt === undefined ? {} : { createdAt: uploadedAt }),
      })),
  ];
}
