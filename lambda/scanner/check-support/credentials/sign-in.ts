import { type PrincipalVerdict, isAboutNetwork, isAboutTime, isAdminCapableIf, verdictInPlace } from '../../model/verdict.ts';
import { describeAdminLevel } from '../wording/admin-level.ts';
import { isMfaKey } from './mfa-condition-keys.ts';
import type { UserSubject } from './users.ts';

/**
 * Whether the principal is admin-capable, or would be in a session with MFA. If MFA is the only condition before administrator
 * access, its quality matters most.
 */
export const isAdminOnceSignedIn = (principal: PrincipalVerdict): boolean =>
  isAdminCapableIf(principal, (condition) => isMfaKey(condition.key) || isAboutNetwork(condition) || isAboutTime(condition));

/** The admin access of a principal as a phrase: `has administrator access`. */
export const describeUserAdminLevel = (principal: PrincipalVerdict): string =>
  verdictInPlace(principal) === 'conditional' ? 'can get administrator access with MFA' : describeAdminLevel(principal);

/** Whether the user has an active access key, according to the credential report. */
export const hasActiveKey = ({ row }: UserSubject): boolean => row?.keys.some(({ active }) => active) ?? false;

/** Whether the user has, or may have, a password or an active access key. A user newer than the report may have both. */
export const canSignIn = (subject: UserSubject): boolean => subject.row?.passwordEnabled !== false || hasActiveKey(subject);
