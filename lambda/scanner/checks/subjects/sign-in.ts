import { type PrincipalVerdict, type Verdict, isAdminCapable } from '../../model/verdict.ts';
import { isMfaKey } from './mfa-keys.ts';
import type { UserSubject } from './users.ts';

/**
 * Whether the principal is admin-capable, or would be in a session with MFA: where MFA is the only thing that stands before admin,
 * its quality matters most.
 */
export function isAdminOnceSignedIn(principal: PrincipalVerdict): boolean {
  const { verdict, would, conditions } = principal;
  if (isAdminCapable(principal)) return true;
  const open = conditions.filter(({ controlledBy }) => controlledBy !== 'caller');
  return (
    verdict === 'conditional' &&
    isAdminCapable({ ...principal, verdict: would ?? 'none' }) &&
    open.length > 0 &&
    open.every(({ key }) => isMfaKey(key))
  );
}

const powers: Readonly<Record<Verdict, string>> = {
  admin: 'is admin',
  'can-become-admin': 'can become admin',
  'can-grant-admin': 'can make others admin',
  conditional: 'has admin power once signed in with MFA',
  none: 'is no admin',
};

/** What a sentence says of an admin-capable principal, such as `is admin`. */
export const powerOf = ({ verdict }: PrincipalVerdict): string => powers[verdict];

/** Whether the credential report knows of an active access key of the user. */
export const hasActiveKey = ({ row }: UserSubject): boolean => row?.keys.some(({ active }) => active) ?? false;

/** Whether the user has a password or an active access key, or may have: one that is newer than the report. */
export const canSignIn = (subject: UserSubject): boolean => subject.row?.passwordEnabled !== false || hasActiveKey(subject);
