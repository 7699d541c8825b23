import type { PrincipalVerdict } from '../../model/verdict.ts';

/** The verdict of an admin-capable principal, as a sentence goes on after its name. */
export function describeAdminLevel({ verdict }: PrincipalVerdict): string {
  if (verdict === 'admin') return 'has administrator access';
  return verdict === 'can-grant-admin' ? 'can grant administrator access' : 'can escalate to administrator';
}
