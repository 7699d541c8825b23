import type { PrincipalVerdict, Verdict } from '../model/verdict.ts';
import type { AdminPath } from './edges.ts';

/** How a principal is, or becomes, admin. One that only grants admin to others does not become admin itself: it has no path here. */
export const adminPathOf = (verdict: PrincipalVerdict): AdminPath | undefined =>
  pathOf(verdict, (reached) => reached === 'admin' || reached === 'can-become-admin');

/** The path of a principal with a verdict that is wanted, also where conditions must hold. */
export function pathOf(
  { arn, verdict, would, path, conditions }: PrincipalVerdict,
  isWanted: (reached: Verdict | undefined) => boolean,
): AdminPath | undefined {
  if (!isWanted(verdict === 'conditional' ? would : verdict)) return undefined;
  return { from: arn, path, conditions: verdict === 'conditional' ? conditions : [] };
}
