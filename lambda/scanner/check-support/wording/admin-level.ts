import { type PrincipalVerdict, type Verdict, isAboutNetwork, isAboutTime, verdictInPlace } from '../../model/verdict.ts';

/** The verdict of an admin-capable principal, as a sentence goes on after its name. */
export const describeAdminLevel = (principal: PrincipalVerdict): string =>
  `${levels[verdictInPlace(principal)]}${describePlace(principal)}`;

const levels: Readonly<Record<Verdict, string>> = {
  admin: 'has administrator access',
  'can-become-admin': 'can escalate to administrator',
  'can-grant-admin': 'can grant administrator access',
  conditional: 'can escalate to administrator',
  none: 'has no administrator access',
};

/** The networks and times to which conditions limit it, to be said after its level. */
function describePlace(principal: PrincipalVerdict): string {
  const { verdict, conditions } = principal;
  if (verdict !== 'conditional' || verdictInPlace(principal) === 'conditional') return '';
  return `${conditions.some(isAboutNetwork) ? ' from some networks' : ''}${conditions.some(isAboutTime) ? ' at some times' : ''}`;
}
