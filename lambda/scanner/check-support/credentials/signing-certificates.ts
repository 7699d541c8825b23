import type { Facts } from '../../facts/snapshot.ts';
import { type UserSubject, users } from './users.ts';

/** An IAM user with its active X.509 signing certificates. */
export interface CertificateHolder extends UserSubject {
  readonly active: number;
  /** The ids of the active ones; empty if only the credential report is available. */
  readonly ids: readonly string[];
  /** Why its certificates are not known; absent if they are. */
  readonly unseen?: string;
}

type CertificateFacts = Pick<Facts, 'identities' | 'credentialReport' | 'signingCertificates'>;

/** Every IAM user of the account with its active signing certificates, if any. Live facts take precedence over the report. */
export const certificateHolders = ({
  identities,
  credentialReport,
  signingCertificates,
}: CertificateFacts): readonly CertificateHolder[] =>
  users({ identities, credentialReport }).map((subject) => {
    const listed = signingCertificates.get(subject.user.name);
    if (listed?.status === 'collected') {
      const ids = listed.value.filter(({ active }) => active).map(({ id }) => id);
      return { ...subject, ids, active: ids.length };
    }
    if (listed) return { ...subject, ids: [], active: 0, unseen: listed.reason };
    if (subject.row) return { ...subject, ids: [], active: subject.row.activeCertificates };
    return {
      ...subject,
      ids: [],
      active: 0,
      unseen: 'the user is newer than the credential report, and its certificates were not listed',
    };
  });
