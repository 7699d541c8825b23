import { mfaKind } from '../../model/facts/mfa.ts';
import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/snapshot.ts';
import { type MfaAssurance, type MfaProtection, mfaAssurance } from './mfa-assurance.ts';
import { type MfaUser, mfaFacts, mfaUsers } from './mfa-users.ts';
import { canSignIn, isAdminOnceSignedIn, powerOf } from './sign-in.ts';

/** The facts that tell which MFA devices admins have; of what kind FIDO authenticators are, `mfaCertifications` tells. */
export const adminMfaFacts = [...mfaFacts, 'access'] as const;

/** An admin-capable user who can sign in, with the assurance of its MFA. */
export interface AdminMfa extends MfaUser {
  readonly protection: MfaProtection;
  /** What a sentence says of it, such as `User ann, who is admin,`. */
  readonly label: string;
  /** Why not all its devices are known; absent: they are. */
  readonly gap?: string;
}

/** Every user who can sign in and is admin-capable, once signed in with MFA at the latest. */
export const adminsWithMfa = (
  facts: Pick<Facts, (typeof adminMfaFacts)[number]> & Partial<Pick<Facts, 'mfaCertifications'>>,
): readonly AdminMfa[] =>
  mfaUsers(facts).flatMap((subject) => {
    const verdict = facts.access.get(subject.user.arn);
    if (!verdict || !isAdminOnceSignedIn(verdict) || !canSignIn(subject)) return [];
    const protection = mfaAssurance(subject.serialNumbers, facts.mfaCertifications ?? new Map());
    const label = `User ${subject.user.name}, who ${powerOf(verdict)},`;
    return [
      {
        ...subject,
        protection,
        label,
        ...(subject.complete ? {} : { gap: subject.unseen ?? 'its other MFA devices were not listed' }),
      },
    ];
  });

const words: Readonly<Record<MfaAssurance, string>> = {
  none: 'none',
  sms: 'phone number',
  virtual: 'virtual',
  'passkey-unverified': 'FIDO, unverified',
  'hardware-totp': 'hardware token',
  'fido-certified': 'certified FIDO',
};

/** The devices as a sentence names them, each with its kind. */
export const devicesInWords = ({ devices }: Pick<MfaProtection, 'devices'>): readonly string[] =>
  devices.map(({ serialNumber, assurance, unseen }) =>
    unseen === undefined ? `${serialNumber} (${words[assurance]})` : `${serialNumber} (FIDO)`,
  );

/** The devices as evidence. */
export const deviceEvidence = ({ devices }: MfaProtection): Readonly<Record<string, Json>> => ({
  devices: devices.map(({ serialNumber, assurance, unseen }) => ({
    serialNumber,
    kind: unseen === undefined ? assurance : mfaKind(serialNumber),
  })),
});
