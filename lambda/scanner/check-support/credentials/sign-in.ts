import { type PrincipalVerdict, type Verdict, isAdminCapable } from '../../model/verdict.ts';
import { isMfaKey } from './mfa-condition-keys.ts';
import type { UserSubject } from './users.ts';

/**
 * Whether the principal is admin-capable, or would be in a session with MFA. If MFA is the only condition before administrator
 * access, its quality matters most.
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
  admin: 'has administrator access',
  'can-become-admin': 'can escalate to administrator',
  'can-grant-admin': 'can grant administrator access',
  conditional: 'can get administrator access with MFA',
  none: 'has no administrator access',
};

/** The admin access of a principal as a phrase: `has administrator access`. */
export const describeUserAdminLevel = ({ verdict }: PrincipalVerdict): string => powers[verdict];

/** Whether the user has an active access key, according to the credential report. */
export const hasActiveKey = ({ row }: UserSubject): boolean => row?.keys.some(({ active }) => active) ?? false;

/** Whether the user has, or may have, a password or an active access key. A user newer than the report may have both. */
export const canSignIn = (subject: UserSubject): boolean => subject.row?.passwordEnabled !== false || hasActiveKey(subject);
