import type { CheckContext } from '../../check.ts';
import { mfaKind } from '../../facts/mfa-devices.ts';
import type { Json } from '../../model/json.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { type MfaAssurance, type MfaProtection, mfaAssurance } from './mfa-assurance.ts';
import { type MfaUser, mfaFacts, mfaUsers } from './mfa-users.ts';
import { canSignIn, isAdminOnceSignedIn, describeUserAdminLevel } from './sign-in.ts';

/** The facts about the MFA devices of administrators. `mfaCertifications` adds the kind of FIDO authenticators. */
export const adminMfaFacts = [...mfaFacts, 'access'] as const;

/** An admin-capable or break-glass user who can sign in, with the assurance of its MFA. */
export interface AdminMfa extends MfaUser {
  readonly protection: MfaProtection;
  /** How a headline names it: `IAM user ann`. */
  readonly label: string;
  /** Why its MFA matters, as a phrase: `has administrator access`, `is for emergencies`. */
  readonly power: string;
  /** Why not all its devices are known; absent if they are. */
  readonly gap?: string;
}

/** Every user who can sign in and is admin-capable or for emergencies, with or without MFA. */
export const adminsWithMfa = (
  facts: Pick<Facts, (typeof adminMfaFacts)[number]> & Partial<Pick<Facts, 'mfaCertifications'>>,
  { isBreakGlass }: Pick<CheckContext, 'isBreakGlass'>,
): readonly AdminMfa[] =>
  mfaUsers(facts).flatMap((subject) => {
    const verdict = facts.access.get(subject.user.arn);
    const isAdmin = verdict !== undefined && isAdminOnceSignedIn(verdict);
    if (!(isAdmin || isBreakGlass(subject.user)) || !canSignIn(subject)) return [];
    const protection = mfaAssurance(subject.serialNumbers, facts.mfaCertifications ?? new Map());
    return [
      {
        ...subject,
        protection,
        label: `IAM user ${subject.user.name}`,
        power: isAdmin ? describeUserAdminLevel(verdict) : 'is for emergencies',
        ...(subject.complete ? {} : { gap: subject.unseen ?? 'its other MFA devices were not listed' }),
      },
    ];
  });

const words: Readonly<Record<MfaAssurance, string>> = {
  none: 'none',
  sms: 'phone number',
  virtual: 'virtual',
  'passkey-unverified': 'FIDO without certification',
  'hardware-totp': 'hardware token',
  'fido-certified': 'certified FIDO',
};

/** The devices for use in a sentence, each with its kind. */
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
